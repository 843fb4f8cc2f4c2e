using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Operations;

/// <summary><c>understand [--explain]</c>: a line in, one JSON line out with intent, slots and confidence. Needs no database.</summary>
public static class Understand
{
    private const int Rounds = 15;

    /// <summary>The command.</summary>
    public static Command Command()
    {
        var explain = new Option<bool>("--explain") { Description = "say why, too" };
        var time = new Option<bool>("--time") { Description = "print how long a sentence takes instead, over all lines of the input" };
        var command = new Command("understand", "read sentences as the bot does: a line in, one JSON line out") { explain, time };
        command.SetAction(async (parsed, ct) =>
        {
            var understander = Load();
            if (parsed.GetValue(time))
            {
                await Console.Out.WriteLineAsync(Timed(understander, (await Console.In.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
                return 0;
            }
            while (await Console.In.ReadLineAsync(ct) is { } line)
                await Console.Out.WriteLineAsync(understander.Understand(line).ToJson(parsed.GetValue(explain)));
            return 0;
        });
        return command;
    }

    // Each line is read a few times over, so that the compiler has settled; the median round and the slowest line of it count.
    private static string Timed(Understander understander, string[] lines)
    {
        var rounds = new List<(double Mean, double Longest)>();
        for (var round = 0; round < Rounds; round++)
        {
            var longest = 0.0;
            var clock = Stopwatch.StartNew();
            foreach (var line in lines)
            {
                var before = clock.Elapsed;
                _ = understander.Understand(line).ToJson();
                longest = Math.Max(longest, (clock.Elapsed - before).TotalMicroseconds);
            }
            rounds.Add((clock.Elapsed.TotalMicroseconds / Math.Max(1, lines.Length), longest));
        }
        var (mean, slowest) = rounds.Order().ElementAt(Rounds / 2);
        return string.Create(CultureInfo.InvariantCulture, $"{lines.Length} sentences, {mean:0} µs each, the slowest {slowest:0} µs (median of {Rounds} rounds)");
    }

    /// <summary>Loads the words that the settings name, or refuses with the first that cannot be read.</summary>
    internal static Understander Load()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var folder = Path.Combine(configuration["Dialogs:Path"] ?? Path.Combine(AppContext.BaseDirectory, "dialogs"), "lexicon");
        if (!Directory.Exists(folder))
            throw new StartRefusedException($"There is no lexicon in {folder}. Set Dialogs__Path to the folder of the dialog files.");
        Ward[] wards = [.. KelurahanFile.Lines.Select(line => new Ward(line.Code, line.Kelurahan, line.Kecamatan))];
        try
        {
            return new Understander(Lexicon.Load(folder, wards));
        }
        catch (InvalidDataException wrong)
        {
            throw new StartRefusedException(wrong.Message);
        }
    }
}

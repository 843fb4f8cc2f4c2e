using System.CommandLine;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Operations;

/// <summary><c>understand [--explain]</c>: a line in, one JSON line out with intent, slots and confidence. Needs no database.</summary>
public static class Understand
{
    /// <summary>The command.</summary>
    public static Command Command()
    {
        var explain = new Option<bool>("--explain") { Description = "say why, too" };
        var command = new Command("understand", "read sentences as the bot does: a line in, one JSON line out") { explain };
        command.SetAction(async (parsed, ct) =>
        {
            var understander = Load();
            while (await Console.In.ReadLineAsync(ct) is { } line)
                await Console.Out.WriteLineAsync(understander.Understand(line).ToJson(parsed.GetValue(explain)));
            return 0;
        });
        return command;
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

using System.CommandLine;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Checks;
using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Schema;
using KkmpBot.Dialogs.Walking;

namespace KkmpBot.Operations;

/// <summary><c>dialogs check|draw|schema|walk|chat</c>: everything an author of dialogs needs, without starting the service.</summary>
public static class DialogsCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command() => new("dialogs", "check, draw, explore and try the dialog files") { Check(), Draw(), Schema(), Walk(), Chat() };

    /// <summary>Says whether people would keep their place, and gives the exit code: 1 when somebody would not.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="output">Where to say it.</param>
    public static int Tell(LiveReport report, TextWriter output)
    {
        foreach (var stranded in report.Stranded)
            output.WriteLine(stranded);
        if (report.Stranded.Count > 0)
            return 1;
        output.WriteLine($"{report.Conversations} conversations, {report.Open} with a dialog open or left for later; everybody can go on");
        return 0;
    }

    private static Command Check()
    {
        var live = new Option<bool>("--live") { Description = "also read the database and refuse when somebody in a dialog could not go on" };
        var against = new Option<FileInfo?>("--against") { Description = "also compare with this record of published states (D050)" };
        var check = new Command("check", "print every mistake as file:line:col CODE text; exit code 1 when there is one") { against, live };
        check.SetAction(async (parsed, ct) =>
        {
            var load = DialogCatalog.Load(Folder(), AllSlices.Create().Vocabulary);
            var errors = load.Catalog is not null && parsed.GetValue(against) is { } record ? Compare(load.Catalog, record) : load.Errors;
            foreach (var error in errors)
                Console.Out.WriteLine(error);
            if (errors.Count > 0 || load.Catalog is not { } catalog)
                return 1;
            Console.Out.WriteLine($"{catalog.Dialogs.Count} dialogs, {catalog.Dialogs.Values.Sum(dialog => dialog.States.Count)} states, no mistake");
            return parsed.GetValue(live) ? await CheckLiveAsync(ct) : 0;
        });
        return check;
    }

    private static async Task<int> CheckLiveAsync(CancellationToken ct)
    {
        using var host = CommandHost.Build();
        var parts = host.Services;
        var report = await LiveCheck.RunAsync(
            parts.GetRequiredService<Database>(),
            parts.GetRequiredService<Vault>(),
            parts.GetRequiredService<DialogMachine>(),
            parts.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            ct);
        return Tell(report, Console.Out);
    }

    private static Command Draw()
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "one dialog; without it, all as a section of Markdown" };
        var draw = new Command("draw", "draw dialogs as Mermaid state diagrams") { name };
        draw.SetAction(parsed =>
        {
            var catalog = Catalog();
            Console.Out.Write(parsed.GetValue(name) is { } wanted ? DialogDrawing.Draw(Find(catalog, wanted)) : DialogPictures.Section(catalog));
        });
        return draw;
    }

    private static Command Schema()
    {
        var schema = new Command("schema", "print the JSON schema by which editors complete dialog files (dialogs/dialog.schema.json)");
        schema.SetAction(_ => Console.Out.Write(DialogSchema.Write(AllSlices.Create().Vocabulary)));
        return schema;
    }

    private static Command Walk()
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "one dialog; without it, all" };
        var walk = new Command("walk", "explore every path of dialogs without a database; exit code 1 when one has a dead end") { name };
        walk.SetAction(parsed =>
        {
            var catalog = Catalog();
            IEnumerable<string> names = parsed.GetValue(name) is { } wanted ? [Find(catalog, wanted).Name] : catalog.Dialogs.Keys.Order(StringComparer.Ordinal);
            var dead = 0;
            foreach (var dialog in names)
            {
                var walked = DialogWalker.Walk(catalog, dialog);
                Console.Out.Write(walked.Write());
                dead += walked.DeadEnds.Count;
            }
            return dead == 0 ? 0 : 1;
        });
        return walk;
    }

    private static Command Chat()
    {
        var name = new Argument<string>("NAME") { Description = "the dialog to open" };
        var role = new Option<string>("--as") { Description = $"who talks: stranger, {string.Join(", ", DemoData.Roles)}", DefaultValueFactory = _ => "stranger" };
        role.AcceptOnlyFromAmong(["stranger", .. DemoData.Roles]);
        var record = new Option<FileInfo?>("--record") { Description = "write what was said as a transcript for tests/conversations" };
        var chat = new Command("chat", "try a dialog on a throw-away database with the demo in it") { name, role, record };
        chat.SetAction(async (parsed, ct) =>
        {
            var catalog = Catalog();
            var dialog = Find(catalog, parsed.GetValue(name)!);
            var transcript = await DialogChat.RunAsync(catalog, dialog, parsed.GetValue(role)!, Console.In, Console.Out);
            if (parsed.GetValue(record) is { } file)
                await File.WriteAllTextAsync(file.FullName, transcript, ct);
            return 0;
        });
        return chat;
    }

    private static IReadOnlyList<Dialogs.Loading.DialogError> Compare(DialogCatalog catalog, FileInfo record) => record.Exists
        ? VersionCheck.Compare(catalog, File.ReadAllText(record.FullName), Path.GetFileName(Path.TrimEndingDirectorySeparator(Folder())))
        : throw new StartRefusedException($"There is no file {record.FullName}.");

    private static string Folder()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return configuration["Dialogs:Path"] ?? Path.Combine(AppContext.BaseDirectory, "dialogs");
    }

    private static DialogCatalog Catalog()
    {
        var load = DialogCatalog.Load(Folder(), AllSlices.Create().Vocabulary);
        return load.Catalog ?? throw new StartRefusedException(string.Join('\n', load.Errors));
    }

    private static Dialog Find(DialogCatalog catalog, string name) => catalog.Dialogs.TryGetValue(name, out var dialog)
        ? dialog
        : throw new StartRefusedException($"There is no dialog '{name}'; there are {string.Join(", ", catalog.Dialogs.Keys.Order(StringComparer.Ordinal))}.");
}

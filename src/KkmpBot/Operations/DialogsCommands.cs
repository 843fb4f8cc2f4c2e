using System.CommandLine;
using KkmpBot.Dialogs;

namespace KkmpBot.Operations;

/// <summary><c>dialogs check</c>: reads the dialog files as a start would and prints every mistake in compiler form.</summary>
public static class DialogsCommands
{
    /// <summary>The command with its parts.</summary>
    public static Command Command() => new("dialogs", "check the dialog files") { Check() };

    private static Command Check()
    {
        var check = new Command("check", "print every mistake as file:line:col CODE text; exit code 1 when there is one");
        check.SetAction(_ =>
        {
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
            var folder = configuration["Dialogs:Path"] ?? Path.Combine(AppContext.BaseDirectory, "dialogs");
            var load = DialogCatalog.Load(folder, AllSlices.Create().Vocabulary);
            foreach (var error in load.Errors)
                Console.Out.WriteLine(error);
            if (load.Catalog is { } catalog)
                Console.Out.WriteLine($"{catalog.Dialogs.Count} dialogs, {catalog.Dialogs.Values.Sum(dialog => dialog.States.Count)} states, no mistake");
            return load.Catalog is null ? 1 : 0;
        });
        return check;
    }
}

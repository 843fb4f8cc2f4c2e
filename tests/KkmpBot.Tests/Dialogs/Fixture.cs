using System.Text.Json;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Tests.Dialogs;

/// <summary>Files of the repository that tests read.</summary>
internal static class Fixture
{
    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static JsonElement Vectors(string section)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path("tests/KkmpBot.Tests/Dialogs/Answers/vectors.json")));
        return document.RootElement.GetProperty(section).Clone();
    }

    public static IReadOnlyList<Ward> Wards() => File.ReadLines(Path("tests/KkmpBot.Tests/Dialogs/Answers/kelurahan-semarang.csv"))
        .Where(line => line.StartsWith("33.", StringComparison.Ordinal))
        .Select(line => line.Split(','))
        .Select(cells => new Ward(cells[0], cells[2], cells[1]))
        .ToList();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "KkmpBot.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}

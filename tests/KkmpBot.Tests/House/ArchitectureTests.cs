using System.Text.RegularExpressions;

namespace KkmpBot.Tests.House;

/// <summary>The folder rules of the README, read off the sources: who may know whom.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Slices =
    [
        "Cooperatives", "Members", "Savings", "Ledger", "Catalog", "Orders", "Payments", "Counter", "Prices", "Alerts", "Complaints", "Handovers", "Auditing",
        "Corrections", "Closing", "Meetings", "Papers", "Announcements", "Programs", "Office", "Imports", "Links", "Charges", "Privacy", "Pictures",
    ];

    public static TheoryData<string> Sources => new(SourceFiles.All("src").Select(file => file.Path));

    [Fact]
    public void The_dialog_language_knows_no_service()
    {
        var project = File.ReadAllText(Repository.Folder("src/KkmpBot.Dialogs/KkmpBot.Dialogs.csproj"));
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain("EntityFrameworkCore", project, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Knows_only_what_its_folder_may(string path)
    {
        var file = SourceFiles.Read(path);
        foreach (var used in file.Uses)
            Assert.True(May(file.Folder, used), $"{path} uses {used}, which {file.Folder} may not know.");
    }

    private static bool May(string folder, string used) => folder switch
    {
        "Dialogs" => used.StartsWith("KkmpBot.Dialogs", StringComparison.Ordinal) || !used.StartsWith("KkmpBot", StringComparison.Ordinal) && !IsEntityFramework(used),
        "Channels" => !IsSlice(used) && !IsEntityFramework(used) && !Is(used, "KkmpBot.Conversations"),
        "Conversations" => !IsSlice(used) && !IsEntityFramework(used),
        "Data" => !IsSlice(used) && !Is(used, "KkmpBot.Conversations") && !Is(used, "KkmpBot.Channels"),
        _ when Slices.Contains(folder) => !used.StartsWith("KkmpBot.Channels.", StringComparison.Ordinal),
        _ => true,
    };

    private static bool IsSlice(string used) => Slices.Any(slice => Is(used, $"KkmpBot.{slice}"));

    private static bool IsEntityFramework(string used) => Is(used, "Microsoft.EntityFrameworkCore");

    private static bool Is(string used, string space) => used == space || used.StartsWith($"{space}.", StringComparison.Ordinal);
}

/// <summary>The repository's C# sources, read as text.</summary>
internal static partial class SourceFiles
{
    public sealed record Source(string Path, string Folder, IReadOnlyList<string> Uses, IReadOnlyList<string> Lines);

    public static IEnumerable<Source> All(string below) =>
        Directory.EnumerateFiles(Repository.Folder(below), "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read);

    public static Source Read(string path)
    {
        var lines = File.ReadAllLines(Repository.Folder(path));
        var uses = lines.Select(line => Using().Match(line)).Where(match => match.Success).Select(match => match.Groups["used"].Value).ToList();
        var parts = path.Split('/');
        var folder = parts[1] == "KkmpBot.Dialogs" ? "Dialogs" : parts.Length > 3 ? parts[2] : "";
        return new Source(path, folder, uses, lines);
    }

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<used>[\w.]+);", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Using();
}

namespace KkmpBot.Tests.House;

/// <summary>The rules of the house that no analyzer knows, read off the sources.</summary>
public sealed class TidyTests
{
    private const int MaxFileLines = 400;
    private const int MaxMethodLines = 70;
    private const int MaxLineLength = 200;
    private static readonly string[] BannedWords = ["Manager", "Helper", "#region", "{@", "FIXME", "HACK"];

    public static TheoryData<string> Sources => new(SourceFiles.All("src").Concat(SourceFiles.All("tests")).Select(file => file.Path));

    [Theory]
    [MemberData(nameof(Sources))]
    public void Is_tidy(string path)
    {
        var file = SourceFiles.Read(path);
        Assert.True(file.Lines.Count <= MaxFileLines, $"{path} has {file.Lines.Count} lines: is there more than one idea in it?");
        Assert.All(file.Lines, (line, i) => Assert.True(line.Length <= MaxLineLength, $"{path}:{i + 1} has {line.Length} characters."));
        if (path.EndsWith("House/TidyTests.cs", StringComparison.Ordinal))
            return;
        foreach (var word in BannedWords)
            Assert.All(file.Lines, (line, i) => Assert.False(Says(line, word), $"{path}:{i + 1} says '{word}'."));
        foreach (var (start, length) in Methods(file.Lines))
            Assert.True(length <= MaxMethodLines, $"{path}:{start} has a method of {length} lines.");
    }

    [Fact]
    public void A_long_method_is_seen()
    {
        string[] lines = ["class A", "{", "    void M()", "    {", .. Enumerable.Repeat("        x();", 80), "    }", "}"];
        Assert.Contains(Methods(lines), method => method.Length > MaxMethodLines);
    }

    [Fact]
    public void The_readme_links_to_files_that_exist()
    {
        foreach (var readme in new[] { "README.md", "dialogs/README.md" })
        {
            var text = File.ReadAllText(Repository.Folder(readme));
            var links = text.Split("](").Skip(1).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)]);
            foreach (var link in links.Where(link => !link.StartsWith('#') && !link.Contains("://", StringComparison.Ordinal)))
            {
                var target = Path.Combine(Path.GetDirectoryName(Repository.Folder(readme))!, link.Split('#')[0]);
                Assert.True(Path.Exists(target), $"{readme} links to {link}, which is not there.");
            }
        }
    }

    [Fact]
    public void Every_test_that_touches_the_database_runs_on_both()
    {
        string[] opens = ["TestDatabase.", "TestBot.Start", "TestEngine.Start", "TelegramCity.Start", "InProcessBot.Start", "Shop.Open", "Ward.Open"];
        var list = File.ReadLines(Repository.Folder("tests/run.sh")).Single(line => line.TrimStart().StartsWith("elsewhere=(", StringComparison.Ordinal));
        var elsewhere = list[(list.IndexOf('(', StringComparison.Ordinal) + 1)..list.IndexOf(')', StringComparison.Ordinal)].Split(' ');
        foreach (var file in SourceFiles.All("tests/KkmpBot.Tests").Where(file => !file.Path.EndsWith("House/TidyTests.cs", StringComparison.Ordinal)))
        {
            var name = file.Path["tests/KkmpBot.Tests/".Length..^".cs".Length].Replace('/', '.');
            if (elsewhere.Any(left => name == left || name.StartsWith($"{left}.", StringComparison.Ordinal)))
                Assert.All(opens, word => Assert.False(file.Lines.Any(line => Says(line, word)), $"tests/run.sh leaves {name} out on PostgreSQL, but it uses {word}."));
        }
    }

    private static bool Says(string line, string word) =>
        line.Replace("ITestOutputHelper", "", StringComparison.Ordinal).Replace("CsvHelper", "", StringComparison.Ordinal).Contains(word, StringComparison.Ordinal);

    // A method body is a block opened four spaces in (eight in a nested class) and closed at the same depth.
    private static IEnumerable<(int Start, int Length)> Methods(IReadOnlyList<string> lines)
    {
        for (var i = 1; i < lines.Count; i++)
        {
            var depth = lines[i].Length - lines[i].TrimStart().Length;
            var isMethod = lines[i - 1].TrimEnd().EndsWith(')') && !lines[i - 1].Contains(" class ", StringComparison.Ordinal);
            if (lines[i].Trim() != "{" || depth is not (4 or 8) || !isMethod)
                continue;
            var end = Enumerable.Range(i, lines.Count - i).First(j => lines[j].StartsWith($"{new string(' ', depth)}}}", StringComparison.Ordinal));
            yield return (i, end - i + 1);
        }
    }
}

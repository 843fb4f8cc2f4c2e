using System.Text.RegularExpressions;

namespace KkmpBot.Tests.House;

/// <summary>The README's list of threats names tests; each has to exist, and to be one.</summary>
public sealed partial class ThreatListTests
{
    private const string Heading = "### Who could do what to whom";

    public static TheoryData<string> Named => new(Names());

    [Theory]
    [MemberData(nameof(Named))]
    public void Names_a_test_that_exists(string name)
    {
        int dot = name.LastIndexOf('.');
        var type = typeof(ThreatListTests).Assembly.GetType($"KkmpBot.Tests.{name[..dot]}");
        var method = type?.GetMethod(name[(dot + 1)..]);
        Assert.True(method is not null && method.IsDefined(typeof(FactAttribute), inherit: true), $"The README names {name}, and there is no such test.");
    }

    [Fact]
    public void Every_line_of_the_list_names_one()
    {
        var lines = Section().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToList();
        Assert.True(lines.Count > 15, $"{lines.Count} lines");
        Assert.DoesNotContain(lines, line => !Test().IsMatch(line));
    }

    private static IEnumerable<string> Names() => Test().Matches(Section()).Select(match => match.Groups["name"].Value).Distinct();

    private static string Section()
    {
        string readme = File.ReadAllText(Repository.Folder("README.md"));
        int at = readme.IndexOf(Heading, StringComparison.Ordinal);
        return readme[at..readme.IndexOf("\n## ", at, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(\.\w+)+Tests\.\w+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Test();
}

using KkmpBot.Dialogs.Checks;
using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Tests.Dialogs;

/// <summary>
/// Each file of <c>tests/broken-dialogs</c> holds one mistake, and its first line says where and under which code it is to be
/// reported. A file is the dialog <c>broken</c>, unless its second line says <c># as: FILE</c> (it is that file),
/// <c># before: FILE</c> (it stands in front of the market's own) or <c># against: FILE</c> (what was published before it).
/// </summary>
public sealed class BrokenDialogsTests
{
    private const string Expect = "# expect: ";
    private const string As = "# as: ";
    private const string Before = "# before: ";
    private const string Against = "# against: ";

    public static TheoryData<string> Files => new(Names());

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_reported_once_where_it_stands(string file)
    {
        var content = File.ReadAllText(Repository.Folder($"tests/broken-dialogs/{file}"));
        var lines = content.Split('\n');
        Assert.StartsWith(Expect, lines[0], StringComparison.Ordinal);
        var market = new Market();
        var name = Place(market, lines[1], content);

        var error = Assert.Single(Errors(market, lines[1]));

        Assert.Equal($"dialogs/{name}:{lines[0][Expect.Length..].Trim()}", $"{error.File}:{error.Line}:{error.Column} {error.Code}");
        Assert.StartsWith(error.Code, file, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_code_has_a_broken_dialog()
    {
        var shown = Names().Select(name => name[..4]).ToHashSet();
        Assert.Equal(CheckCodes.All.Keys, shown.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names() =>
        Directory.GetFiles(Repository.Folder("tests/broken-dialogs"), "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static IReadOnlyList<DialogError> Errors(Market market, string header)
    {
        var load = market.Load();
        if (header.StartsWith(Against, StringComparison.Ordinal))
        {
            var record = File.ReadAllText(Repository.Folder($"tests/broken-dialogs/{header[Against.Length..].Trim()}"));
            return VersionCheck.Compare(load.Catalog!, record, "dialogs");
        }

        Assert.Null(load.Catalog);
        return load.Errors;
    }

    private static string Place(Market market, string header, string content)
    {
        if (header.StartsWith(Before, StringComparison.Ordinal))
        {
            var file = header[Before.Length..].Trim();
            market.Files[file] = content + market.Files[file];
            return file;
        }

        if (header.StartsWith(As, StringComparison.Ordinal))
        {
            var file = header[As.Length..].Trim();
            market.Files[file] = file.StartsWith("translations/", StringComparison.Ordinal) ? WithTheRest(content) : content;
            return file;
        }

        market.Files["broken.yaml"] = content;
        return "broken.yaml";
    }

    /// <summary>A translation of the menu made whole: the other dialogs follow word for word as in Indonesian.</summary>
    internal static string WithTheRest(string menu)
    {
        var load = new Market().Load().Catalog!;
        var wordings = load.Dialogs.Values.SelectMany(DialogParts.Texts).Select(text => text.Wording)
            .Concat(load.Interruptions.Select(interruption => interruption.Say).OfType<Wording>())
            .Concat(load.Phrases.Values.Select(phrase => phrase.Text));
        return menu + string.Concat(wordings
            .GroupBy(wording => wording.Key.Split('.')[0])
            .Where(dialog => dialog.Key != Dialog.Menu)
            .Select(dialog => $"{dialog.Key}:\n" + string.Concat(dialog.Select(Line))));
    }

    private static string Line(Wording wording)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(wording.Indonesian.Source);
        return $"  {wording.Key[(wording.Key.IndexOf('.', StringComparison.Ordinal) + 1)..]}: {text}\n";
    }
}

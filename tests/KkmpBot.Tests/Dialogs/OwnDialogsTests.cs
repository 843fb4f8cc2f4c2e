using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Checks;
using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Schema;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Dialogs;

/// <summary>The dialogs of this repository, against the capabilities of the service, and what is written from them.</summary>
public sealed class OwnDialogsTests
{
    private static readonly CatalogLoad Load = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary);

    [Fact]
    public void Have_no_mistakes() => Assert.True(Load.Errors.Count == 0, string.Join('\n', Load.Errors));

    [Fact]
    public void Are_drawn_in_the_readme_as_they_are() =>
        Golden.Check("dialogs/README.md", DialogPictures.Renew(Golden.Read("dialogs/README.md"), Load.Catalog!));

    [Fact]
    public void Have_the_schema_that_their_editors_read() =>
        Golden.Check("dialogs/dialog.schema.json", DialogSchema.Write(AllSlices.Create().Vocabulary));

    [Fact]
    public void Name_the_schema_in_their_first_line()
    {
        foreach (var dialog in Load.Catalog!.Dialogs.Values)
        {
            var way = dialog.Spot.File.Contains('/', StringComparison.Ordinal) ? "../" : "./";
            var first = File.ReadLines(Repository.Folder($"dialogs/{dialog.Spot.File}")).First();
            Assert.Equal($"{dialog.Spot.File}: # yaml-language-server: $schema={way}dialog.schema.json", $"{dialog.Spot.File}: {first}");
        }
    }

    // What is recorded is what people may stand in. A change that would lose them fails here even while the file is being updated; a
    // dialog that was never published is taken off the record by deleting its lines.
    [Fact]
    public void Change_their_states_only_with_their_version()
    {
        const string Record = "tests/golden/states.txt";
        var errors = VersionCheck.Compare(Load.Catalog!, Golden.Read(Record), "dialogs");
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        Golden.Check(Record, VersionCheck.Record(Load.Catalog!));
    }
}

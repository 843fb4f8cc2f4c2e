using KkmpBot.Dialogs;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Dialogs;

/// <summary>The dialogs of this repository, against the capabilities of the service.</summary>
public sealed class OwnDialogsTests
{
    [Fact]
    public void Have_no_mistakes()
    {
        var load = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary);
        Assert.True(load.Errors.Count == 0, string.Join('\n', load.Errors));
    }
}

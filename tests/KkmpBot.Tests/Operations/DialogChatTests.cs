using KkmpBot.Dialogs;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;

namespace KkmpBot.Tests.Operations;

/// <summary><c>dialogs chat --record</c>: what was tried in the terminal plays again as a test.</summary>
public sealed class DialogChatTests
{
    private static readonly DialogCatalog Catalog = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary).Catalog!;

    [Theory]
    [InlineData("prices", "stranger", "beras\nharga kulkas\n\nselesai")]
    [InlineData("order", "member", "beras\n2\n:pick Sudah, lanjut\n:send photo\n:wait 3h\nmenu")]
    [InlineData("handover", "stranger-1", "jatisari\nya\nberas jatah bulan ini kapan?\n:as officer\norang yang menunggu\n:as stranger-1\nmenu")]
    public async Task What_was_recorded_plays_again(string dialog, string role, string lines)
    {
        using var output = new StringWriter();
        var recorded = await DialogChat.RunAsync(Catalog, Catalog.Dialogs[dialog], role, new StringReader(lines), output);

        Assert.StartsWith($"given: {{ as: {role} }}\nchat:\n  - user: ", recorded, StringComparison.Ordinal);
        Assert.True(recorded.Split("  - bot: ").Length > lines.Split('\n').Length / 2, recorded);
        var transcript = Transcript.Parse("recorded.yaml", recorded);
        await using var bot = await TestBot.StartAsync();
        await PlayedTranscript.PlayAsync(transcript, bot);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_not_recorded()
    {
        using var output = new StringWriter();
        var lines = ":pick Tidak ada\n:wait lama\n:as nobody\n:dance now";
        var recorded = await DialogChat.RunAsync(Catalog, Catalog.Dialogs["info"], "stranger", new StringReader(lines), output);
        Assert.Equal(4, output.ToString().Split("cannot be done here").Length - 1);
        Assert.DoesNotContain("Tidak ada", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("wait", recorded, StringComparison.Ordinal);
    }
}

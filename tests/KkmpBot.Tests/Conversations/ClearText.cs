using System.Text;

namespace KkmpBot.Tests.Conversations;

/// <summary>Finds what people said in a database's own bytes, where all of it has to be sealed. The transcripts walk every edge of every dialog.</summary>
internal static class ClearText
{
    // Shorter words are words of the program, too.
    private const int LeastLength = 10;

    // What officers write for everybody to read: names and suppliers of goods, places and motions of meetings, names of holidays, market files.
    private static readonly string[] PublicWords = ["balai kelurahan", "KKMP CONTOH"];

    private static readonly string[] PublicDialogs =
        ["article", "articles", "stock", "rat", "meeting", "hours", "misses", "prices", "payments", "our_cooperative", "counter", "waste_desk", "distribution", "requests",
            "city_office", "trainings", "training_desk", "partners", "my_goods"];

    // The demo's people: their data is personal wherever it stands, said or not.
    private static readonly string[] Demo =
        ["Sri Wahyuni", "Slamet Riyadi", "+6281200000001", "6281200000006", "81200000008", "Budi Santoso", "Haryono", "Endang"];

    // What stands there before anybody said a word: rules, goods, the cooperatives.
    private static readonly Lazy<Task<byte[]>> Before = new(async () =>
    {
        await using var bot = await TestBot.StartAsync();
        return await bot.BytesAsync();
    });

    public static async Task<IReadOnlyList<string>> InAsync(byte[] database, Transcript transcript)
    {
        byte[] before = await Before.Value;
        var dialog = transcript.File.Split('/')[0];
        var said = PublicDialogs.Contains(dialog)
            ? []
            : transcript.Lines.Where(line => line.Verb is "user" or "contact" or "known" or "number").Select(line => line.Text)
                .Where(text => text.Length >= LeastLength && !text.Contains('{', StringComparison.Ordinal));
        var heard = transcript.Lines.Where(line => line.Verb is "bot" or "news").SelectMany(line => line.Text.Split('…', '.', ':', '•'))
            .Select(part => part.Trim()).Where(part => part.Length >= 2 * LeastLength);
        return
        [
            .. said.Concat(heard).Where(text => !Array.Exists(PublicWords, word => text.Contains(word, StringComparison.Ordinal)) && !Holds(before, text))
                .Concat(Demo).Distinct().Where(text => Holds(database, text)),
        ];
    }
    private static bool Holds(byte[] database, string text) => database.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}

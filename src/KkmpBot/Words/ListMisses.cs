using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Words;

/// <summary>Lists the words that members used and the bot did not know, the most used first.</summary>
public sealed class ListMisses : ICapability
{
    private const int MaxListed = 30;
    private const int MaxTimesShown = 9999;

    /// <summary>A word: <c>key</c> is the word itself.</summary>
    public static DialogType Miss { get; } = DialogType.Record(
        "lexicon_miss",
        ("key", DialogType.TextOf(UnknownWords.MaxWordLength)),
        ("example", DialogType.TextOf(UnknownWords.MaxExampleLength)),
        ("times", DialogType.TextOf(4)));

    /// <summary>Words.</summary>
    public static DialogType MissList { get; } = DialogType.List("lexicon_misses", Miss, MaxListed);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("words.misses").Gives("listed", MissList);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("listed", new ListValue([]));
        var rows = await turn.Db.Set<LexiconMiss>().AsNoTracking().Where(miss => miss.CooperativeId == cooperativeId)
            .OrderByDescending(miss => miss.Times).ThenBy(miss => miss.Id).Take(MaxListed).ToListAsync(ct);
        return new Outcome("listed", new ListValue([.. rows.Select(row => Record(row, turn))]));
    }

    private static RecordValue Record(LexiconMiss miss, Turn turn) => RecordValue.Of(
        ("key", new TextValue(miss.Word)),
        ("example", new TextValue(turn.Vault.Open(miss.Example))),
        ("times", new TextValue(Math.Min(miss.Times, MaxTimesShown).ToString(CultureInfo.InvariantCulture))));
}

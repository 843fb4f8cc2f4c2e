using KkmpBot.Conversations;
using KkmpBot.Dialogs.Understanding;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Words;

/// <summary>Keeps what a sentence could teach the bot, without who said it, when they agreed to that.</summary>
internal static class NoteMiss
{
    /// <summary>Notes the word that was not known; nothing for people of no cooperative, or who did not agree.</summary>
    /// <param name="sentence">As typed.</param>
    /// <param name="turn">The turn in which it was read as a sentence.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async ValueTask RunAsync(string sentence, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.CooperativeId is not { } cooperativeId || turn.Words is not { } words || UnknownWords.In(words.Lexicon, sentence) is not { } unknown
            || !await RecordConsent.IsGivenAsync(turn.Db, turn.Caller.PersonId, LearningConsent.Purpose, ct))
            return;
        var misses = turn.Db.Set<LexiconMiss>();
        if (await misses.SingleOrDefaultAsync(miss => miss.CooperativeId == cooperativeId && miss.Word == unknown.Word, ct) is { } known)
        {
            known.Times++;
            known.LastUtc = turn.UtcNow;
        }
        else if (await misses.CountAsync(miss => miss.CooperativeId == cooperativeId, ct) < LexiconMiss.MaxPerCooperative)
        {
            var example = turn.Vault.Seal(unknown.Example);
            misses.Add(new LexiconMiss { CooperativeId = cooperativeId, Word = unknown.Word, Example = example, Times = 1, LastUtc = turn.UtcNow });
        }
    }
}

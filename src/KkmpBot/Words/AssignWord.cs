using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Words;

/// <summary>
/// An officer says which goods a word names; from then on the cooperative's members are understood. A word that means something already is
/// refused.
/// </summary>
public sealed class AssignWord : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("words.assign")
        .Takes("word", DialogType.Text)
        .Takes("goods", DialogType.Text)
        .Gives("assigned")
        .Gives("taken")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var (word, goods) = (call.Text("word"), call.Text("goods"));
        await turn.Db.Set<LexiconMiss>().Where(miss => miss.CooperativeId == cooperativeId && miss.Word == word).ExecuteDeleteAsync(ct);
        var own = turn.Db.Set<OwnWord>();
        if (turn.Words?.Lexicon.Means(word) != false || await own.AnyAsync(known => known.CooperativeId == cooperativeId && known.Word == word, ct))
            return new Outcome("taken");
        own.Add(new OwnWord { CooperativeId = cooperativeId, Goods = goods, Word = word, AddedBy = turn.Caller.PersonId, AddedUtc = turn.UtcNow });
        return new Outcome("assigned");
    }
}

/// <summary>An officer takes a word off the list: it names no goods.</summary>
public sealed class DropMiss : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("words.drop")
        .Takes("word", DialogType.Text)
        .Gives("dropped")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var word = call.Text("word");
        await turn.Db.Set<LexiconMiss>().Where(miss => miss.CooperativeId == cooperativeId && miss.Word == word).ExecuteDeleteAsync(ct);
        return new Outcome("dropped");
    }
}

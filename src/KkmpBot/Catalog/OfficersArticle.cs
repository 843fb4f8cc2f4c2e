using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Catalog;

/// <summary>How every act of an officer on one article begins: may they, which article, how much of it.</summary>
internal static class OfficersArticle
{
    /// <summary>The article that argument <c>product</c> names; null when the caller may not move goods or it is none of theirs.</summary>
    /// <param name="call">The call.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public static async Task<ShelfItem?> FindAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        OfficerRole.MayMoveGoods(turn.Caller) && turn.Caller.CooperativeId is { } cooperativeId
            ? await Shelf.FindAsync(turn.Db, cooperativeId, call.Text("product"), turn.UtcNow, ct)
            : null;

    /// <summary>The article, and argument <c>quantity</c> as an amount of it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <returns>The article and thousandths of its unit, or what the act ends with.</returns>
    public static async Task<(ShelfItem Item, long Milli, Outcome? Refusal)> ReadAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (await FindAsync(call, turn, ct) is not { } item)
            return (null!, 0, new Outcome("not_allowed"));
        var (milli, problem) = SaidQuantity.Read(call.Text("quantity"), item.Product);
        return (item, milli, problem is null ? null : new Outcome(problem));
    }
}

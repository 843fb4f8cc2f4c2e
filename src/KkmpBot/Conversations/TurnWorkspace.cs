using System.Data.Common;
using KkmpBot.Data;

namespace KkmpBot.Conversations;

/// <summary>What a turn writes with: a connection, its prepared commands, and the transaction that everything belongs to.</summary>
/// <param name="Connection">The writer's connection.</param>
/// <param name="Store">The prepared commands on it.</param>
/// <param name="Transaction">Shared by the turns of a group on SQLite.</param>
public sealed record TurnWorkspace(DbConnection Connection, TurnStore Store, DbTransaction Transaction)
{
    /// <summary>Commits everything. A throw that is no refusal of the database leaves the outcome unknown: acknowledge nothing then.</summary>
    public async Task CommitAsync()
    {
        await Store.FlushAsync(Transaction, CancellationToken.None);
        await Transaction.CommitAsync(CancellationToken.None);
    }
}

/// <summary>A message that a committed turn wants sent; its row is in the outbox.</summary>
/// <param name="Channel">Which channel carries it.</param>
/// <param name="Kind">0 reply, 1 notice, 2 bulk.</param>
/// <param name="Message">The message.</param>
public sealed record OutboxDraft(string Channel, int Kind, Channels.OutboundMessage Message)
{
    /// <summary>True for the answer to the turn's own message; false for news to anybody.</summary>
    public bool IsReply => Kind == Data.OutboxKind.Reply;

    /// <summary>True when the row belongs to this copy, which sends it from memory; false when it waits in the table.</summary>
    public bool IsLeased { get; init; }
}

/// <summary>What a turn did, valid once its transaction is committed.</summary>
/// <param name="Receipt">Committed or duplicate.</param>
/// <param name="Outbox">What to send, oldest first.</param>
/// <param name="NextTimerUtc">The earliest act that the turn put off, or null.</param>
public sealed record TurnResult(Channels.TurnReceipt Receipt, IReadOnlyList<OutboxDraft> Outbox, DateTime? NextTimerUtc = null)
{
    /// <summary>A redelivery: nothing changed.</summary>
    public static TurnResult Duplicate { get; } = new(Channels.TurnReceipt.Duplicate, []);

    /// <summary>Whose message it was, to count against their budget; 0 for a timed act and a redelivery.</summary>
    public long PersonId { get; init; }

    /// <summary>The edges of the dialogs that the turn walked, as <see cref="KkmpBot.Dialogs.Model.Step.Walked"/> names them.</summary>
    public IReadOnlyList<string> Walked { get; init; } = [];
}

/// <summary>What a turn needs to know of the process it runs in.</summary>
public sealed class TurnSettings
{
    /// <summary>The channels that this process sends through; rows for others are left for whoever does.</summary>
    public HashSet<string> OwnChannels { get; } = [];

    /// <summary>What messages cost and which templates there are.</summary>
    public MessageTerms Terms { get; set; } = new();

    /// <summary>Where the pages are when nothing says otherwise.</summary>
    public const string DefaultPagesUrl = "http://127.0.0.1:5080";

    /// <summary>Where the pages are reached from outside (<c>PublicUrl</c>, or where the program listens), without a slash at the end.</summary>
    public string PagesUrl { get; set; } = DefaultPagesUrl;

    /// <summary>Where people find the bot from outside.</summary>
    public PublicPlaces Places { get; } = new();

    /// <summary>Turns of one person a minute, more than anybody types; 0 for no limit (<c>Turns__PerPersonPerMinute</c>).</summary>
    public int PerPersonPerMinute { get; set; } = TurnBudget.DefaultPerMinute;

    /// <summary>The demo approves applications by itself.</summary>
    public bool AutoApprove { get; set; }
}

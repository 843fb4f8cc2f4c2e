using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Conversations;

/// <summary>Who is talking, as loaded with the conversation in one round trip.</summary>
/// <param name="PersonId">The person; also the conversation's id.</param>
/// <param name="AddressId">The channel address the message came from.</param>
/// <param name="Channel">telegram, whatsapp, web or console.</param>
/// <param name="MemberId">Their membership or application, if any.</param>
/// <param name="CooperativeId">The cooperative of the membership or of the office, if any.</param>
/// <param name="OfficerRole">chair, treasurer, warehouse or supervisor; null for everybody else.</param>
public sealed record Caller(long PersonId, long AddressId, string Channel, long? MemberId, int? CooperativeId, string? OfficerRole);

/// <summary>News for a person: a phrase of <c>phrases.yaml</c>, filled with values, sent to the address they used last.</summary>
/// <param name="PersonId">The reader.</param>
/// <param name="Phrase">The name of the phrase.</param>
/// <param name="Values">What fills its placeholders; null when it has none.</param>
/// <param name="File">A picture or document that goes with it; null for none.</param>
public sealed record Notice(long PersonId, string Phrase, RecordValue? Values, OutboundFile? File = null);

/// <summary>An act that is due later and survives a restart: the engine runs it as a turn of its own.</summary>
/// <param name="Kind">The name of the act, as registered by its slice.</param>
/// <param name="DueUtc">When.</param>
/// <param name="PersonId">The person it concerns.</param>
/// <param name="Subject">The id of the row it concerns, as text; no personal data.</param>
public sealed record TimedAct(string Kind, DateTime DueUtc, long PersonId, string Subject);

/// <summary>One message being handled, as a capability sees it. Everything it writes commits or vanishes with the turn.</summary>
public sealed class Turn
{
    private readonly Lazy<KkmpDbContext> db;
    private readonly List<Notice> notices = [];
    private readonly List<TimedAct> timedActs = [];
    private PersonChange? personChange;
    private bool usedStatements;

    /// <summary>Opens the turn's scope.</summary>
    /// <param name="caller">Who is talking.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="actKey">Identifies this act for idempotency: conversation, turn number and state.</param>
    /// <param name="vault">Seals and opens personal values.</param>
    /// <param name="db">Makes the turn's context on first use; a turn that touches no slice pays nothing.</param>
    public Turn(Caller caller, DateTime utcNow, string actKey, Vault vault, Func<KkmpDbContext> db)
    {
        Caller = caller;
        UtcNow = utcNow;
        ActKey = actKey;
        Vault = vault;
        this.db = new Lazy<KkmpDbContext>(db);
    }

    /// <summary>Who is talking; after a capability changed their membership, the next one sees the change.</summary>
    public Caller Caller { get; internal set; }

    /// <summary>The time of the turn, UTC.</summary>
    public DateTime UtcNow { get; }

    /// <summary>Identifies the business act (conversation, turn, call): the same act run again carries the same key.</summary>
    public string ActKey { get; internal set; }

    /// <summary>Seals and opens personal values.</summary>
    public Vault Vault { get; }

    /// <summary>The language the person chose in this turn (id, jv or en); null when they did not.</summary>
    public string? Language { get; set; }

    /// <summary>Reads sentences by the words of the caller's cooperative; null where the dialogs have no lexicon.</summary>
    public Understander? Words { get; init; }

    /// <summary>Reads what people call goods; null where the dialogs have no lexicon.</summary>
    public GoodsReader? Goods => Words?.Goods;

    /// <summary>What messages cost, for whoever shows it.</summary>
    public MessageTerms Terms { get; init; } = new();

    /// <summary>Where the pages are reached from outside, without a slash at the end: links in the chat begin with it.</summary>
    public string PagesUrl { get; init; } = TurnSettings.DefaultPagesUrl;

    /// <summary>Where people find the bot from outside, as far as it is configured.</summary>
    public PublicPlaces Places { get; init; } = PublicPlaces.None;

    /// <summary>Writes a phrase of <c>phrases.yaml</c> in a language, for whoever shows what others will read: its name, id, jv or en, and its values.</summary>
    public Func<string, string, RecordValue?, string> Phrase { get; init; } = (name, _, _) => name;

    /// <summary>True in the demo: an application is approved by the demo officer after a moment (<c>Demo__AutoApprove</c>).</summary>
    public bool AutoApprove { get; init; }

    /// <summary>The turn's database context, inside its transaction. The runner saves at the end; save yourself when you need an id.</summary>
    public KkmpDbContext Db => db.Value;

    /// <summary>Statements by hand in the same transaction, for what is asked so often that Entity Framework would be most of its cost.</summary>
    public Statements Statements
    {
        get
        {
            usedStatements = true;
            return At is null ? Db.Statements() : new Statements(At.Connection, At.Transaction);
        }
    }

    /// <summary>True once a capability has touched the database.</summary>
    public bool UsedDatabase => usedStatements || db.IsValueCreated;

    /// <summary>Where the turn writes; null where only its context is known.</summary>
    internal TurnWorkspace? At { get; init; }

    /// <summary>What the capabilities of this turn want told to others.</summary>
    public IReadOnlyList<Notice> Notices => notices;

    /// <summary>What the capabilities of this turn put off.</summary>
    public IReadOnlyList<TimedAct> TimedActs => timedActs;

    /// <summary>Tells somebody something, in the same transaction.</summary>
    /// <param name="personId">The reader.</param>
    /// <param name="phrase">A notice of <c>phrases.yaml</c>.</param>
    /// <param name="values">Its values.</param>
    /// <param name="file">A picture or document that goes with it.</param>
    public void Notify(long personId, string phrase, RecordValue? values = null, OutboundFile? file = null) =>
        notices.Add(new Notice(personId, phrase, values, file));

    /// <summary>What goes with the reply of this turn; null for nothing.</summary>
    public OutboundFile? Attached { get; private set; }

    /// <summary>Sends a picture or document with the reply of this turn; at most one, a second is a bug and throws.</summary>
    /// <param name="file">The file.</param>
    public void Attach(OutboundFile file) =>
        Attached = Attached is null ? file : throw new InvalidOperationException("A reply carries one file.");

    /// <summary>Puts an act off until later, durably.</summary>
    /// <param name="act">What, when, for whom.</param>
    public void Schedule(TimedAct act) => timedActs.Add(act);

    /// <summary>What a page presses in the conversation of its person once the act is done; null for nothing.</summary>
    public string? Pressed { get; private set; }

    /// <summary>
    /// The conversation goes on as if its person had pressed an option of the question that is open there; where it stands elsewhere nothing happens.
    /// For acts on pages.
    /// </summary>
    /// <param name="key">The option.</param>
    public void Press(string key) => Pressed = key;

    /// <summary>Has addresses belong to another person; done when the capability has returned, so that its own writes are in the database first.</summary>
    /// <param name="change">Which.</param>
    public void Change(PersonChange change) => personChange = change;

    /// <summary>The change that a capability asked for; null for none, and after it was taken.</summary>
    internal PersonChange? TakePersonChange()
    {
        var change = personChange;
        personChange = null;
        return change;
    }
}

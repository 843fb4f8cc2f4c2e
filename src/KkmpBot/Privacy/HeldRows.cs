namespace KkmpBot.Privacy;

/// <summary>How a value that is held about somebody is shown to them.</summary>
public enum HeldForm
{
    /// <summary>As it stands; codes of the program in words.</summary>
    Word,

    /// <summary>A sealed text, opened.</summary>
    Sealed,

    /// <summary>A sealed NIK or NIP, opened and masked: a file in a chat is no place for it.</summary>
    SealedNumber,

    /// <summary>A moment, in WIB.</summary>
    Time,

    /// <summary>A day.</summary>
    Day,

    /// <summary>Whole rupiah.</summary>
    Rupiah,

    /// <summary>Ya or tidak.</summary>
    YesNo,

    /// <summary>A sealed message to them: its text.</summary>
    Message,

    /// <summary>Where their conversation stands, sealed: what the open and parked dialogs remember.</summary>
    Conversation,
}

/// <summary>A column that is shown to whom it is about.</summary>
/// <param name="Name">The column; with its table where several are joined.</param>
/// <param name="Title">What they read.</param>
/// <param name="Form">How it is read.</param>
public sealed record HeldColumn(string Name, string Title, HeldForm Form = HeldForm.Word);

/// <summary>What becomes of rows when their person asks to be erased.</summary>
public enum WhenErased
{
    /// <summary>They are removed.</summary>
    Removed,

    /// <summary>They stay, with every personal value overwritten: <see cref="HeldRows.Blanks"/>.</summary>
    Blanked,

    /// <summary>They stay as they are: they hold no personal value, only the number of a person whom nothing names any more.</summary>
    Kept,
}

/// <summary>What a column holds after erasure.</summary>
public enum Blank
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A sealed empty text, where something has to stand.</summary>
    Empty,

    /// <summary>Random bytes in place of a blind index, so that nothing can be looked up by it.</summary>
    Random,

    /// <summary>False.</summary>
    No,
}

/// <summary>A kind of rows that are held about a person: where they are, what of them is shown, how long they stay, what erasure does.</summary>
/// <param name="Table">The table.</param>
/// <param name="Title">What the person reads above them.</param>
/// <param name="Where">Which rows are theirs, with <c>@person</c>; an SQL condition on <see cref="From"/>.</param>
/// <param name="WhenErased">What erasure does.</param>
/// <param name="Because">Why they are held, or stay: the law or the purpose.</param>
public sealed record HeldRows(string Table, string Title, string Where, WhenErased WhenErased, string Because)
{
    /// <summary>Rows of the person themselves.</summary>
    public const string OfPerson = "person_id = @person";

    /// <summary>Rows of a membership of theirs.</summary>
    public const string OfMember = "member_id IN (SELECT id FROM members WHERE person_id = @person)";

    /// <summary>The table with what is joined to it; the table alone where nothing is.</summary>
    public string From { get; init; } = Table;

    /// <summary>What they are shown; empty for rows that say nothing beside being there.</summary>
    public IReadOnlyList<HeldColumn> Columns { get; init; } = [];

    /// <summary>What orders the rows, the newest first.</summary>
    public string Newest { get; init; } = "id";

    /// <summary>What is overwritten when they are blanked.</summary>
    public IReadOnlyDictionary<string, Blank> Blanks { get; init; } = new Dictionary<string, Blank>();

    /// <summary>How the audit log names a row of these (<c>order</c> for <c>order:12</c>); null when it names none.</summary>
    public string? Subject { get; init; }
}

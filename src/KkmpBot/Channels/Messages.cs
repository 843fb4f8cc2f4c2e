namespace KkmpBot.Channels;

/// <summary>What arrived, before anyone looks into it.</summary>
public enum InboundKind
{
    /// <summary>Words.</summary>
    Text,
    /// <summary>A pressed button; <see cref="InboundMessage.ButtonToken"/> says which.</summary>
    Button,
    /// <summary>The sender's own phone number, verified by the platform.</summary>
    OwnContact,
    /// <summary>Somebody else's contact card.</summary>
    ForeignContact,
    /// <summary>A picture, with or without a caption.</summary>
    Photo,
    /// <summary>A voice or audio message.</summary>
    Voice,
    /// <summary>A place.</summary>
    Location,
    /// <summary>A file.</summary>
    Document,
    /// <summary>A correction of an earlier message.</summary>
    Edited,
    /// <summary>A sticker, a poll, or anything else a dialog cannot read.</summary>
    Other,
    /// <summary>The person stopped the bot: nothing may be sent.</summary>
    Blocked,
    /// <summary>The person allowed the bot again.</summary>
    Unblocked,
    /// <summary>The bot was addressed in a group; answered with a pointer to the private chat.</summary>
    Group,
    /// <summary>The platform says that the person's number is another one now: <see cref="InboundMessage.NewAddress"/>. Nobody is answered.</summary>
    NumberChanged,
}

/// <summary>One message of a person, the same for every channel.</summary>
/// <param name="Channel">telegram, whatsapp, web or console.</param>
/// <param name="UpdateKey">What the platform repeats when it delivers again; unique within the channel.</param>
/// <param name="Address">Where a reply goes, in the platform's own form; personal data.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words, or a caption; at most <see cref="MaxTextLength"/> characters.</param>
/// <param name="ButtonToken">The token of the pressed button.</param>
/// <param name="Phone">The sender's own number in E.164 when the platform vouches for it: with their own contact, and with every WhatsApp message that names it.</param>
/// <param name="CallbackId">What is acknowledged to the platform after the commit (Telegram's callback query, WhatsApp's message to mark as read).</param>
/// <param name="SenderName">The name the platform gives the sender, for a greeting before we know them.</param>
public sealed record InboundMessage(
    string Channel,
    string UpdateKey,
    string Address,
    InboundKind Kind,
    string? Text = null,
    string? ButtonToken = null,
    string? Phone = null,
    string? CallbackId = null,
    string? SenderName = null)
{
    /// <summary>Longer texts are cut here; the longest message of any platform we speak is 4,096.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>When it was written, as the platform says; null when it does not. A delivery may be days late.</summary>
    public DateTime? WrittenUtc { get; init; }

    /// <summary>The longest reference of a picture; Telegram's have about 90 characters.</summary>
    public const int MaxPictureReference = 200;

    /// <summary>
    /// What the channel fetches the picture by that came with it, at most <see cref="MaxPictureReference"/> characters; null when there is none,
    /// or none of a kind and size that we take.
    /// </summary>
    public string? PictureReference { get; init; }

    /// <summary>Where the person will write from now on (a changed number only); personal data.</summary>
    public string? NewAddress { get; init; }

    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => $"{Channel} {Kind}";
}

/// <summary>A button of an outgoing message.</summary>
/// <param name="Token">What comes back when it is pressed; at most 64 bytes.</param>
/// <param name="Label">What it says.</param>
/// <param name="Detail">A second line where the platform has lists.</param>
public sealed record OutboundButton(string Token, string Label, string? Detail = null);

/// <summary>A message to a person, the same for every channel; each channel renders it at its best.</summary>
/// <param name="OutboxId">The row it comes from.</param>
/// <param name="ConversationId">Whose conversation.</param>
/// <param name="Address">The recipient in the platform's own form; personal data.</param>
/// <param name="Text">Plain text with line breaks, at most 4,096 characters.</param>
/// <param name="Buttons">Buttons in order; empty for none.</param>
/// <param name="WantsContact">True to offer the platform's share-my-number button.</param>
/// <param name="File">A picture or document that goes with it; null for none.</param>
/// <param name="Template">
/// The message that the platform approved before, to be sent in place of the words; null for free text. Whoever hands the message over decides.
/// </param>
public sealed record OutboundMessage(
    long OutboxId,
    long ConversationId,
    string Address,
    string Text,
    IReadOnlyList<OutboundButton> Buttons,
    bool WantsContact = false,
    OutboundFile? File = null,
    OutboundTemplate? Template = null)
{
    /// <summary>True when a picture may be sent in answer: a page shows its button for it then.</summary>
    public bool WantsPicture { get; init; }

    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => $"outbox {OutboxId}";
}

/// <summary>A message that the platform approved before, with what fills it; personal data.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Language">The language it was approved in.</param>
/// <param name="Values">Its variables in order.</param>
public sealed record OutboundTemplate(string Name, string Language, IReadOnlyList<TemplateValue> Values)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => $"template {Name}";
}

/// <summary>A variable of a template.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What stands in its place.</param>
public sealed record TemplateValue(string Name, string Text)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => $"value {Name}";
}

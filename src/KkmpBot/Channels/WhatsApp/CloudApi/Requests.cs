using System.Text.Json.Serialization;

namespace KkmpBot.Channels.WhatsApp.CloudApi;

// {"messaging_product":"whatsapp","recipient_type":"individual","to":"+6281234567890","type":"text","text":{"body":"Halo"}}

/// <summary>
/// A message for <c>POST /{phone_number_id}/messages</c>, in Meta's own names: exactly one of its contents, named by <see cref="Type"/>.
/// </summary>
/// <param name="Type">text, interactive, image, document or template.</param>
public sealed record MessageRequest(string Type)
{
    /// <summary>Always whatsapp.</summary>
    public string MessagingProduct { get; } = "whatsapp";

    /// <summary>Always individual.</summary>
    public string RecipientType { get; } = "individual";

    /// <summary>A phone number with + and country code.</summary>
    public string? To { get; init; }

    /// <summary>A business-scoped user id, for somebody without a number.</summary>
    public string? Recipient { get; init; }

    /// <summary>Comes back in every status of the message: our outbox id.</summary>
    public string? BizOpaqueCallbackData { get; init; }

    /// <summary>Words.</summary>
    public TextContent? Text { get; init; }

    /// <summary>Words with something to press.</summary>
    public InteractiveContent? Interactive { get; init; }

    /// <summary>An uploaded picture.</summary>
    public MediaContent? Image { get; init; }

    /// <summary>An uploaded file.</summary>
    public MediaContent? Document { get; init; }

    /// <summary>A message that Meta approved before.</summary>
    public TemplateContent? Template { get; init; }

    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => $"{nameof(MessageRequest)} {Type}";
}

/// <summary>Words.</summary>
/// <param name="Body">Up to 4,096 characters.</param>
/// <param name="PreviewUrl">True to unfold the first link.</param>
public sealed record TextContent(string Body, bool PreviewUrl = false);

/// <summary>Words with something to press.</summary>
/// <param name="Type">button, list or contact_request.</param>
/// <param name="Body">Up to 1,024 characters above buttons, 4,096 above a list.</param>
/// <param name="Action">What can be pressed.</param>
public sealed record InteractiveContent(string Type, InteractiveBody Body, InteractiveAction Action);

/// <summary>The words of an interactive message.</summary>
/// <param name="Text">They.</param>
public sealed record InteractiveBody(string Text)
{
    /// <summary>Never the words: they are personal.</summary>
    public override string ToString() => nameof(InteractiveBody);
}

/// <summary>What can be pressed: buttons, the rows of a list, or the request for a number.</summary>
public sealed record InteractiveAction
{
    /// <summary>One to three.</summary>
    public IReadOnlyList<ReplyButton>? Buttons { get; init; }

    /// <summary>What opens the list, up to 20 characters.</summary>
    public string? Button { get; init; }

    /// <summary>The list: up to ten rows in all.</summary>
    public IReadOnlyList<ListSection>? Sections { get; init; }

    /// <summary>request_contact_info.</summary>
    public string? Name { get; init; }
}

/// <summary>A button under a message.</summary>
/// <param name="Reply">What it says and gives back.</param>
public sealed record ReplyButton(ReplyTitle Reply)
{
    /// <summary>Always reply.</summary>
    public string Type { get; } = "reply";
}

/// <summary>What a button says and gives back.</summary>
/// <param name="Id">Up to 256 characters.</param>
/// <param name="Title">Up to 20 characters, different from the other buttons' titles.</param>
public sealed record ReplyTitle(string Id, string Title);

/// <summary>Rows under a heading.</summary>
/// <param name="Title">Up to 24 characters.</param>
/// <param name="Rows">The rows.</param>
public sealed record ListSection(string Title, IReadOnlyList<ListRow> Rows);

/// <summary>A row of a list.</summary>
/// <param name="Id">Up to 200 characters.</param>
/// <param name="Title">Up to 24 characters.</param>
/// <param name="Description">Up to 72 characters.</param>
public sealed record ListRow(string Id, string Title, string? Description = null);

/// <summary>A file that was uploaded before.</summary>
/// <param name="Id">The upload's id.</param>
/// <param name="Caption">Up to 1,024 characters.</param>
/// <param name="Filename">What a document is called.</param>
public sealed record MediaContent(string Id, string? Caption = null, string? Filename = null);

/// <summary>A message that Meta approved before.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Language">The language it was approved in.</param>
/// <param name="Components">What fills its variables; null when it has none.</param>
public sealed record TemplateContent(string Name, TemplateLanguage Language, IReadOnlyList<TemplateComponent>? Components = null);

/// <summary>The language of a template.</summary>
/// <param name="Code">id, jv, en …</param>
public sealed record TemplateLanguage(string Code);

/// <summary>A part of a template with variables.</summary>
/// <param name="Type">body.</param>
/// <param name="Parameters">Its variables.</param>
public sealed record TemplateComponent(string Type, IReadOnlyList<TemplateParameter> Parameters);

/// <summary>A variable of a template.</summary>
/// <param name="ParameterName">Its name there.</param>
/// <param name="Text">One line, without tabs or rows of spaces.</param>
public sealed record TemplateParameter(string ParameterName, string Text)
{
    /// <summary>Always text.</summary>
    public string Type { get; } = "text";

    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(TemplateParameter);
}

/// <summary>
/// Marks a person's message (and those before it) as read, and shows that an answer is being written, for 25 seconds or until it comes.
/// </summary>
/// <param name="MessageId">The person's message.</param>
public sealed record ReadRequest(string MessageId)
{
    /// <summary>Always whatsapp.</summary>
    public string MessagingProduct { get; } = "whatsapp";

    /// <summary>Always read.</summary>
    public string Status { get; } = "read";

    /// <summary>Always text.</summary>
    [JsonPropertyName("typing_indicator")]
    public TypingIndicator Typing { get; } = new("text");
}

/// <summary>Shows that an answer is being written.</summary>
/// <param name="Type">text.</param>
public sealed record TypingIndicator(string Type);

// {"messaging_product":"whatsapp","contacts":[{"input":"+1650…","wa_id":"1650…"}],"messages":[{"id":"wamid.HBg…"}]}

/// <summary>The answer to a message.</summary>
/// <param name="Messages">One.</param>
public sealed record SendAnswer(IReadOnlyList<AcceptedMessage> Messages);

/// <summary>A message that was accepted.</summary>
/// <param name="Id">Its wamid; holds the recipient's number in a thin disguise, so personal data.</param>
public sealed record AcceptedMessage(string Id);

/// <summary>The answer to an upload.</summary>
/// <param name="Id">Good for 30 days.</param>
public sealed record UploadAnswer(string Id);

// {"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=…","mime_type":"image/jpeg","sha256":"…","file_size":80412,"id":"1003…"}

/// <summary>Where a file that somebody sent can be downloaded.</summary>
/// <param name="Url">Good for five minutes, with our token only.</param>
public sealed record MediaAnswer(string Url)
{
    /// <summary>Never the address: it is signed.</summary>
    public override string ToString() => nameof(MediaAnswer);
}

/// <summary>The answer to a read mark.</summary>
/// <param name="Success">True.</param>
public sealed record ReadAnswer(bool Success);

/// <summary>An error answer.</summary>
/// <param name="Error">It.</param>
public sealed record ErrorAnswer(ErrorBody Error);

/// <summary>What an error answer says.</summary>
/// <param name="Message">In words.</param>
/// <param name="Code">What decides.</param>
/// <param name="ErrorData">More words.</param>
/// <param name="FbtraceId">What Meta's support asks for.</param>
public sealed record ErrorBody(string? Message = null, int? Code = null, ErrorData? ErrorData = null, string? FbtraceId = null)
{
    /// <summary>Never the words: a platform may repeat what it was sent.</summary>
    public override string ToString() => nameof(ErrorBody);
}

/// <summary>More words.</summary>
/// <param name="Details">They.</param>
public sealed record ErrorData(string? Details = null);

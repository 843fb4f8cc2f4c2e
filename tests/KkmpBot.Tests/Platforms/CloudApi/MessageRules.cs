using System.Text.Json.Nodes;

namespace KkmpBot.Tests.Platforms.CloudApi;

/// <summary>What <c>POST /messages</c> takes, with Meta's limits (Cloud API, messages reference, v26.0).</summary>
internal static class MessageRules
{
    private const int MaxRows = 10;

    private static readonly Shape Text = new Shape().Needs("body", Shape.Text(4096)).Takes("preview_url", Shape.Flag);

    private static readonly Shape Reply = new Shape().Needs("id", Shape.Text(256)).Needs("title", Shape.Text(20));

    private static readonly Shape Button = new Shape().Needs("type", Shape.Only("reply")).Needs("reply", Shape.Object(Reply));

    private static readonly Shape Row = new Shape()
        .Needs("id", Shape.Text(200)).Needs("title", Shape.Text(24)).Takes("description", Shape.Text(72));

    private static readonly Shape Section = new Shape()
        .Needs("title", Shape.Text(24)).Needs("rows", Shape.List(1, MaxRows, Shape.Object(Row)));

    private static readonly Shape Footer = new Shape().Needs("text", Shape.Text(60));

    private static readonly Shape Read = new Shape()
        .Needs("messaging_product", Shape.Only("whatsapp")).Needs("status", Shape.Only("read")).Needs("message_id", Shape.Text(300))
        .Takes("typing_indicator", Shape.Object(new Shape().Needs("type", Shape.Only("text"))));

    private static readonly Shape Parameter = new Shape()
        .Needs("type", Shape.Only("text")).Takes("parameter_name", Shape.Text(100))
        .Needs("text", Shape.Matching(text => text.Length > 0 && !text.Contains("    ", StringComparison.Ordinal) && !text.Any(char.IsControl), "one line"));

    private static readonly Shape Component = new Shape()
        .Needs("type", Shape.Only("header", "body", "button"))
        .Takes("sub_type", Shape.Only("quick_reply", "url")).Takes("index", Shape.Text(1))
        .Needs("parameters", Shape.List(1, 100, Shape.Object(Parameter)));

    private static readonly Shape Template = new Shape()
        .Needs("name", Shape.Matching(IsTemplateName, "a template's name"))
        .Needs("language", Shape.Object(new Shape().Needs("code", Shape.Text(10))))
        .Takes("components", Shape.List(1, 10, Shape.Object(Component)));

    private static readonly Shape Image = Media().Takes("caption", Shape.Text(1024));

    private static readonly Shape Document = Media().Takes("caption", Shape.Text(1024)).Takes("filename", Shape.Text(240));

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public static string? FindProblem(JsonObject call)
    {
        if (call.ContainsKey("status"))
            return Read.Check(call);
        var type = (string?)call["type"] ?? "text";
        var content = type switch
        {
            "text" => Shape.Object(Text),
            "interactive" => IsInteractive,
            "image" => Shape.Object(Image),
            "document" => Shape.Object(Document),
            "template" => Shape.Object(Template),
            _ => _ => "unknown type",
        };
        var message = new Shape()
            .Needs("messaging_product", Shape.Only("whatsapp"))
            .Takes("recipient_type", Shape.Only("individual"))
            .Takes("to", Shape.Matching(IsPhone, "+ and a number"))
            .Takes("recipient", Shape.Matching(IsUserId, "a business-scoped id"))
            .Takes("biz_opaque_callback_data", Shape.Text(512))
            .Takes("context", Shape.Object(new Shape().Needs("message_id", Shape.Text(300))))
            .Takes("type", Shape.Text(20))
            .Needs(type, content);
        return message.Check(call) ?? (call.ContainsKey("to") == call.ContainsKey("recipient") ? "exactly one of to and recipient was expected" : null);
    }

    private static string? IsInteractive(JsonNode node)
    {
        var (body, action) = (string?)node["type"] switch
        {
            "button" => (1024, new Shape().Needs("buttons", Buttons)),
            "list" => (4096, new Shape().Needs("button", Shape.Text(20)).Needs("sections", Sections)),
            "contact_request" => (1024, new Shape().Needs("name", Shape.Only("request_contact_info"))),
            _ => (0, new Shape()),
        };
        return new Shape()
            .Needs("type", Shape.Only("button", "list", "contact_request"))
            .Takes("footer", Shape.Object(Footer))
            .Needs("body", Shape.Object(new Shape().Needs("text", Shape.Text(body))))
            .Needs("action", Shape.Object(action))
            .Check(node);
    }

    private static string? Buttons(JsonNode node) =>
        Shape.List(1, 3, Shape.Object(Button))(node)
        ?? (AreDifferent(node.AsArray().Select(button => (string?)button!["reply"]!["title"])) ? null : "two buttons read the same")
        ?? (AreDifferent(node.AsArray().Select(button => (string?)button!["reply"]!["id"])) ? null : "two buttons have one id");

    private static string? Sections(JsonNode node)
    {
        if (Shape.List(1, 10, Shape.Object(Section))(node) is { } problem)
            return problem;
        var rows = node.AsArray().SelectMany(section => section!["rows"]!.AsArray()).ToList();
        return rows.Count > MaxRows ? $"{rows.Count} rows in all sections where {MaxRows} are allowed"
            : AreDifferent(rows.Select(row => (string?)row!["id"])) ? null : "two rows have one id";
    }

    private static Shape Media() => new Shape().Needs("id", Shape.Text(100));

    private static bool AreDifferent(IEnumerable<string?> texts)
    {
        var all = texts.ToList();
        return all.Distinct().Count() == all.Count;
    }

    private static bool IsPhone(string text) => text is ['+', _, ..] && text.Length is >= 8 and <= 16 && text[1..].All(char.IsAsciiDigit);

    private static bool IsUserId(string text) =>
        text.Length is > 3 and <= 131 && text[..2].All(char.IsAsciiLetterUpper) && text[2] == '.' && text[3..].All(char.IsAsciiLetterOrDigit);

    private static bool IsTemplateName(string text) =>
        text.Length is > 0 and <= 512 && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_');
}

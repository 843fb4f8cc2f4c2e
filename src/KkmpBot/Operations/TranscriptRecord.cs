using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KkmpBot.Operations;

/// <summary>A conversation as it is written down in <c>tests/conversations</c>: who talks, what they send, what the bot answers.</summary>
/// <param name="role">Who begins.</param>
public sealed class TranscriptRecord(string role)
{
    // YAML reads JSON's quoted texts; the people's letters stay readable.
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder lines = new($"given: {{ as: {role} }}\nchat:\n");

    /// <summary>Notes a line.</summary>
    /// <param name="verb">user, pick, contact, send, as, wait, bot or news.</param>
    /// <param name="text">What was said; line breaks do not count.</param>
    public void Add(string verb, string text)
    {
        var folded = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        lines.Append("  - ").Append(verb).Append(": ");
        lines.Append(verb is "as" or "wait" or "send" ? folded : JsonSerializer.Serialize(folded, Quoted)).Append('\n');
    }

    /// <summary>The transcript.</summary>
    public string Write() => lines.ToString();
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>A value that could not be told: the bot asks one short question, e.g. "Bawang merah atau bawang putih?".</summary>
/// <param name="Slot">product, kelurahan.</param>
/// <param name="Candidates">What it may be: product keys, or "Mangunharjo (Tugu)".</param>
public sealed record Doubt(string Slot, IReadOnlyList<string> Candidates);

/// <summary>What a sentence was understood to mean. Nothing is ordered, booked or sent on it before the person has confirmed it.</summary>
/// <param name="Intent">One of <see cref="Intents.All"/>.</param>
/// <param name="Slots">Only what was said.</param>
/// <param name="Confidence">0 to 1; below <see cref="Sure"/> the bot asks.</param>
/// <param name="Reasons">Why, one line each; they quote the sentence, so they are never logged.</param>
/// <param name="Doubt">What must be asked, or null.</param>
public sealed record Understood(string Intent, JsonObject Slots, double Confidence, IReadOnlyList<string> Reasons, Doubt? Doubt)
{
    /// <summary>From here on the bot opens the dialog at once.</summary>
    public const double Sure = 0.7;

    /// <summary>True when only a rule that guesses holds, or none.</summary>
    public bool IsGuess { get; init; }

    /// <summary>What a sentence to join asks instead of wanting it: <c>wajib</c>, whether one has to. Null for most.</summary>
    public string? Asks { get; init; }

    /// <summary>Where they say they live: <c>inside</c> the city or <c>outside</c>; null when they do not.</summary>
    public string? Lives { get; init; }

    /// <summary>True when it opens its dialog at once; what is in doubt is asked there.</summary>
    public bool Opens => !IsGuess && (Confidence >= Sure || Doubt is not null);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>True when the intent changes something: it needs a confirmation that repeats the numbers.</summary>
    public bool Acts => Intents.Acting.Contains(Intent);

    /// <summary>True when only an officer may mean it.</summary>
    public bool ForOfficers => Intent.StartsWith("officer_", StringComparison.Ordinal);

    /// <summary>One line: <c>{"intent": …, "slots": {…}, "confidence": …}</c>, with <c>"why"</c> when explained.</summary>
    /// <param name="explain">True to add the reasons.</param>
    public string ToJson(bool explain = false)
    {
        var json = new JsonObject { ["intent"] = Intent, ["slots"] = Slots.DeepClone(), ["confidence"] = Confidence };
        if (explain)
            json["why"] = new JsonArray([.. Reasons.Select(reason => JsonValue.Create(reason))]);
        if (explain && Doubt is not null)
            json["ask"] = new JsonArray([.. Doubt.Candidates.Select(candidate => JsonValue.Create(candidate))]);
        return json.ToJsonString(Plain);
    }

    /// <summary>Never the words of a person.</summary>
    public override string ToString() => Intent;
}

/// <summary>The intents there are.</summary>
public static class Intents
{
    /// <summary>All, members' first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "join", "balance", "order", "order_change", "order_status", "cancel", "price", "stock", "alert_add", "alert_remove", "deposit",
            "shu",
        "complaint", "info", "data_rights", "help", "waste_deposit", "out_of_scope", "opt_out", "greeting", "confirm", "deny", "human",
            "resign",
        "officer_approve", "officer_reject", "officer_deposit", "officer_stock_in", "officer_price_set", "officer_handover",
            "officer_broadcast",
    ];

    /// <summary>Those that change something.</summary>
    public static IReadOnlySet<string> Acting { get; } = new HashSet<string>
    {
        "join", "order", "order_change", "cancel", "alert_add", "alert_remove", "deposit", "data_rights", "waste_deposit", "opt_out",
            "resign", "complaint",
        "officer_approve", "officer_reject", "officer_deposit", "officer_stock_in", "officer_price_set", "officer_handover",
            "officer_broadcast",
    };
}

using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>
/// What dialogs may open by: an intent, or an intent narrowed by what was said of it (<c>balance.mutasi</c>, <c>info.lokasi</c>), and which
/// parts of such a sentence may answer a question.
/// </summary>
public static class Wishes
{
    /// <summary>The whole sentence, where a dialog's own operation reads it.</summary>
    public const string Said = "said";

    /// <summary>Where they say they live: <c>inside</c> the city or <c>outside</c>.</summary>
    public const string Where = "where";

    // Parts that only the bot derives: a sum of the sentence that one question asks for.
    private static readonly (string Intent, string Part, DialogType Type)[] Parts =
    [
        ("join", "kelurahan", DialogType.Text),
        ("join", Where, DialogType.Choice),
        ("balance", "months", DialogType.Whole),
        ("order_status", "order_no", DialogType.Text),
        ("cancel", "order_no", DialogType.Text),
        ("price", "product", DialogType.Text),
        ("stock", "product", DialogType.Text),
        ("alert_add", "product", DialogType.Text),
        ("alert_add", "op", DialogType.Choice),
        ("alert_add", "price", DialogType.Money),
        ("alert_remove", "product", DialogType.Text),
        ("deposit", "kind", DialogType.Choice),
        ("deposit", "amount", DialogType.Money),
        ("deposit", "months", DialogType.Whole),
        ("deposit", "via", DialogType.Choice),
        ("deposit", "paid", DialogType.Text),
        ("complaint", "topic", DialogType.Choice),
        ("complaint", "product", DialogType.Text),
        ("officer_approve", "id", DialogType.Text),
        ("officer_reject", "id", DialogType.Text),
        ("officer_reject", "reason", DialogType.Text),
        ("officer_deposit", "member", DialogType.Text),
        ("officer_deposit", "kind", DialogType.Choice),
        ("officer_deposit", "amount", DialogType.Money),
        ("officer_deposit", "paid", DialogType.Text),
        ("officer_stock_in", "product", DialogType.Text),
        ("officer_stock_in", "received", DialogType.Quantity),
        ("officer_price_set", "product", DialogType.Text),
        ("officer_price_set", "price", DialogType.Money),
        ("officer_handover", "order_no", DialogType.Text),
        ("officer_broadcast", "text", DialogType.Text),
    ];

    // The slot that narrows an intent, and what it may hold.
    private static readonly (string Intent, string Slot, string[] Values)[] Narrowing =
    [
        ("join", "ask", ["syarat", "wajib"]),
        ("balance", "kind", ["semua", "pokok", "wajib", "sukarela", "tunggakan", "mutasi"]),
        ("deposit", "via", ["qris", "transfer", "tunai"]),
        ("shu", "ask", ["kapan"]),
        ("info", "topic", ["jam", "lokasi"]),
        ("data_rights", "right", ["akses", "hapus", "koreksi"]),
        ("help", "topic", ["order", "join", "balance", "alert"]),
        ("out_of_scope", "topic", ["pinjaman"]),
    ];

    private static readonly ILookup<string, (string Part, DialogType Type)> ByIntent =
        Parts.ToLookup(part => part.Intent, part => (part.Part, part.Type));

    /// <summary>Every wish that a dialog may open by.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Intents.All, .. Narrowing.SelectMany(narrow => narrow.Values.Select(value => $"{narrow.Intent}.{value}"))];

    /// <summary>The parts of a wish that may answer a question, with their types.</summary>
    /// <param name="wish">One of <see cref="All"/>.</param>
    public static IReadOnlyDictionary<string, DialogType> PartsOf(string wish) => ByIntent[wish.Split('.')[0]]
        .Append((Part: Said, Type: DialogType.Text)).ToDictionary(part => part.Part, part => part.Type);

    /// <summary>The wishes of a sentence, the narrowest first.</summary>
    /// <param name="understood">The sentence.</param>
    public static IReadOnlyList<string> Of(Understood understood)
    {
        if (understood.Asks is { } asks)
            return [$"{understood.Intent}.{asks}", understood.Intent];
        var slot = Array.Find(Narrowing, narrow => narrow.Intent == understood.Intent).Slot;
        return slot is not null && (string?)understood.Slots[slot] is { } value
            ? [$"{understood.Intent}.{value}", understood.Intent]
            : [understood.Intent];
    }
}

using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Charges;

/// <summary>What WhatsApp messages were sent and what they cost, of a month.</summary>
internal static class MessageCharges
{
    /// <summary>
    /// The month of a cooperative: its <c>replies</c> and <c>templates</c>, how many were <c>charged</c>, the <c>cost</c>, the <c>budget</c> and what is
    /// <c>left</c> of it; <c>free_left</c> of the whole number's free replies; people sent a template <c>today</c> of the portfolio's <c>tier</c>; messages
    /// kept for people's next word (<c>held</c>) and given through another channel (<c>moved</c>).
    /// </summary>
    public static DialogType Month { get; } = DialogType.Record(
        "message_month",
        ("name", DialogType.TextOf(20)), ("replies", DialogType.Whole), ("templates", DialogType.Whole), ("charged", DialogType.Whole),
        ("price", DialogType.Money), ("cost", DialogType.Money), ("budget", DialogType.Money), ("left", DialogType.Money),
        ("free_left", DialogType.Whole), ("free", DialogType.Whole), ("today", DialogType.Whole), ("tier", DialogType.Whole),
        ("held", DialogType.Whole), ("moved", DialogType.Whole));

    private static readonly string[] Months =
        ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

    /// <summary>Counts it.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="cooperativeId">The cooperative.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<RecordValue> CountAsync(Turn turn, int cooperativeId, CancellationToken ct)
    {
        var start = MessageMonth.StartUtc(turn.UtcNow);
        var month = turn.Db.Set<DeliveryRow>().Where(row => row.AtUtc >= start);
        var own = month.Where(row => row.CooperativeId == cooperativeId);
        var choices = turn.Db.Set<HandOverChoice>().Where(row => row.CooperativeId == cooperativeId && row.AtUtc >= start);
        var replies = await own.CountAsync(row => row.Category == "service", ct);
        var charged = await own.CountAsync(row => row.Category == "service" && row.Billable, ct);
        var templates = await choices.CountAsync(row => row.Choice == HandOverChoice.Template, ct);
        var ofNumber = await month.CountAsync(row => row.Category == "service", ct);
        var dayAgo = turn.UtcNow.AddDays(-1);
        var today = await turn.Db.Set<HandOverChoice>().Where(row => row.Choice == HandOverChoice.Template && row.AtUtc > dayAgo)
            .Select(row => row.PersonId).Distinct().CountAsync(ct);
        var budget = await BudgetAsync(turn, cooperativeId, ct);
        var cost = (charged + templates) * turn.Terms.MessageRupiah;
        var day = Wib.Day(turn.UtcNow);
        return RecordValue.Of(
            ("name", new TextValue(string.Create(CultureInfo.InvariantCulture, $"{Months[day.Month - 1]} {day.Year}"))),
            ("replies", new WholeValue(replies)), ("templates", new WholeValue(templates)), ("charged", new WholeValue(charged + templates)),
            ("price", new MoneyValue(turn.Terms.MessageRupiah)), ("cost", new MoneyValue(cost)), ("budget", new MoneyValue(budget)),
            ("left", new MoneyValue(Math.Max(0, budget - cost))),
            ("free_left", new WholeValue(Math.Max(0, turn.Terms.FreeMessages - ofNumber))), ("free", new WholeValue(turn.Terms.FreeMessages)),
            ("today", new WholeValue(today)), ("tier", new WholeValue(turn.Terms.DailyPeople)),
            ("held", new WholeValue(await choices.CountAsync(row => row.Choice == HandOverChoice.Held, ct))),
            ("moved", new WholeValue(await choices.CountAsync(row => row.Choice == HandOverChoice.OtherChannel, ct))));
    }

    /// <summary>What a cooperative may spend a month.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cooperativeId">The cooperative.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<long> BudgetAsync(Turn turn, int cooperativeId, CancellationToken ct) =>
        await turn.Db.Set<MessageBudget>().Where(row => row.CooperativeId == cooperativeId).Select(row => (long?)row.MonthlyRupiah).SingleOrDefaultAsync(ct)
        ?? turn.Terms.MonthlyBudgetRupiah;
}

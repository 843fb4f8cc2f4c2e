using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Cooperatives;

/// <summary>
/// The chair enters what the meeting decided as simpanan pokok or wajib, from the first day of a month on: this one or a later one, since what
/// was asked before stays as it was.
/// </summary>
public sealed class SetSavingsRate : ICapability
{
    /// <summary>More than this a month or at once no meeting has asked.</summary>
    public const long MaxRupiah = 10_000_000;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("cooperatives.set_rate")
        .Takes("kind", DialogType.Choice)
        .Takes("amount", DialogType.Money)
        .Takes("from", DialogType.Text)
        .Gives("set", Rate)
        .Gives("unclear")
        .Gives("past")
        .Gives("not_allowed");

    /// <summary>What holds from when.</summary>
    internal static DialogType Rate { get; } = DialogType.Record(
        "savings_rate", ("kind", DialogType.TextOf(20)), ("amount", DialogType.Money), ("from", DialogType.Date));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: OfficerRole.Chair, CooperativeId: { } cooperativeId } || call.Rupiah("amount") is < 0 or > MaxRupiah)
            return new Outcome("not_allowed");
        var today = Wib.Day(turn.UtcNow);
        if (MonthsReader.Read(call.Text("from"), today) is not { First: { } from } said || said.Last != from)
            return new Outcome("unclear");
        if (from < new DateOnly(today.Year, today.Month, 1))
            return new Outcome("past");
        string kind = call.Text("kind");
        var rate = await turn.Db.Set<SavingsRate>().SingleOrDefaultAsync(
            row => row.CooperativeId == cooperativeId && row.Kind == kind && row.FromDay == from, ct);
        if (rate is null)
            turn.Db.Add(rate = new SavingsRate { CooperativeId = cooperativeId, Kind = kind, FromDay = from });
        rate.Rupiah = call.Rupiah("amount");
        await Audit.RecordAsync(
            turn, Description.Name, string.Create(CultureInfo.InvariantCulture, $"{kind}:{from:yyyy-MM-dd}:{rate.Rupiah}"), ct);
        return new Outcome("set", RecordValue.Of(
            ("kind", new TextValue($"Simpanan {kind}")), ("amount", new MoneyValue(rate.Rupiah)), ("from", new DateValue(from))));
    }
}

/// <summary>
/// The chair switches a point of the articles. Simpanan sukarela goes on only with a savings unit that has its permit (Permenkop UKM
/// 8/2023), which the dialog asks for; off keeps what was deposited and takes nothing new.
/// </summary>
public sealed class SwitchArticle : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("cooperatives.switch_article")
        .Takes("rule", DialogType.Choice)
        .Gives("on")
        .Gives("off")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller is not { OfficerRole: OfficerRole.Chair, CooperativeId: { } cooperativeId })
            return new Outcome("not_allowed");
        string rule = call.Text("rule");
        bool on = rule == "sukarela" ? await SwitchSukarelaAsync(turn, cooperativeId, ct) : await SwitchAsync(turn, cooperativeId, rule, ct);
        await Audit.RecordAsync(turn, Description.Name, $"{rule}:{(on ? "on" : "off")}", ct);
        return new Outcome(on ? "on" : "off");
    }

    private static async Task<bool> SwitchSukarelaAsync(Turn turn, int cooperativeId, CancellationToken ct)
    {
        var cooperative = await turn.Db.Set<Cooperative>().SingleAsync(row => row.Id == cooperativeId, ct);
        return cooperative.TakesSukarela = !cooperative.TakesSukarela;
    }

    private static async Task<bool> SwitchAsync(Turn turn, int cooperativeId, string rule, CancellationToken ct)
    {
        var today = Wib.Day(turn.UtcNow);
        var rules = await ArticleRule.OnAsync(turn.Db, cooperativeId, today, ct);
        bool on = rules.GetValueOrDefault(rule, 1) != 1;
        await ArticleRule.SetAsync(turn.Db, cooperativeId, rule, today, on ? 1 : 0, ct);
        return on;
    }
}

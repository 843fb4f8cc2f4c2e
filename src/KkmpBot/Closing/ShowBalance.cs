using KkmpBot.Conversations;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;

namespace KkmpBot.Closing;

/// <summary>Balance sheet and result for any day, short enough for the chat; the year's result runs from its first day to that one.</summary>
public sealed class ShowBalance : ICapability
{
    private const int MaxLines = 12;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("closing.balance")
        .Takes("day", DialogType.Text)
        .Gives("shown", Sheet)
        .Gives("unclear");

    /// <summary>A line of a statement.</summary>
    internal static DialogType Line { get; } = DialogType.Record("sheet_line", ("name", DialogType.TextOf(30)), ("amount", DialogType.Money));

    /// <summary>Lines of a statement.</summary>
    internal static DialogType Lines { get; } = DialogType.List("sheet_lines", Line, MaxLines);

    /// <summary>The statements of a day.</summary>
    internal static DialogType Sheet { get; } = DialogType.Record(
        "balance_sheet",
        ("day", DialogType.Date),
        ("assets", Lines),
        ("total_assets", DialogType.Money),
        ("debts", Lines),
        ("equity", Lines),
        ("running", DialogType.Money),
        ("total_claims", DialogType.Money),
        ("income", DialogType.Money),
        ("expenses", DialogType.Money),
        ("result", DialogType.Money));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId
            || DateReader.Read(call.Text("day"), Wib.Day(turn.UtcNow)).Day is not { } day)
            return new Outcome("unclear");
        var sheet = await BalanceSheet.OnAsync(turn.Db, cooperativeId, day, ct);
        var result = await IncomeStatement.OfAsync(turn.Db, cooperativeId, new DateOnly(day.Year, 1, 1), day, ct);
        return new Outcome("shown", RecordValue.Of(
            ("day", new DateValue(day)),
            ("assets", List(sheet.Assets)),
            ("total_assets", new MoneyValue(sheet.TotalAssets)),
            ("debts", List(sheet.Liabilities)),
            ("equity", List(sheet.Equity)),
            ("running", new MoneyValue(sheet.RunningResult)),
            ("total_claims", new MoneyValue(sheet.TotalLiabilities + sheet.TotalEquity)),
            ("income", new MoneyValue(result.Income.Sum(line => line.Rupiah))),
            ("expenses", new MoneyValue(result.Expenses.Sum(line => line.Rupiah))),
            ("result", new MoneyValue(result.ResultRupiah))));
    }

    private static ListValue List(IReadOnlyList<StatementLine> lines) => new([.. lines.Take(MaxLines).Select(
        line => RecordValue.Of(("name", new TextValue(line.Account.Name)), ("amount", new MoneyValue(line.Rupiah))))]);
}

using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Savings;

/// <summary>An amount towards an applicant's simpanan pokok, to be confirmed before it is booked. Instalments are welcome.</summary>
public sealed class QuotePokok : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.quote_pokok")
        .Takes("payer", DialogType.Text)
        .Takes("amount", DialogType.Money)
        .Gives("quoted", DepositQuote.Type)
        .Gives("too_much");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        await DepositQuote.FindPayerAsync(turn, call.Text("payer"), ct) is { } member
        && await DepositQuote.PokokAsync(turn, member, call.Rupiah("amount"), ct) is { } quote
            ? new Outcome("quoted", DepositQuote.Record(turn, member, quote))
            : new Outcome("too_much");
}

using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Savings;

/// <summary>The next months of a member's simpanan wajib, to be confirmed before they are booked: oldest first, and some ahead if they like.</summary>
public sealed class QuoteWajib : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("savings.quote_wajib")
        .Takes("payer", DialogType.Text)
        .Takes("months", DialogType.Whole)
        .Gives("quoted", DepositQuote.Type)
        .Gives("too_many");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        await DepositQuote.FindPayerAsync(turn, call.Text("payer"), ct) is { } member
        && await DepositQuote.WajibAsync(turn, member, call.Whole("months"), ct) is { } quote
            ? new Outcome("quoted", DepositQuote.Record(turn, member, quote))
            : new Outcome("too_many");
}

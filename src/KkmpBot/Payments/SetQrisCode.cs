using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Payments;

/// <summary>Reads the text of the cooperative's printed QRIS code and says whose it is, before it is used.</summary>
public sealed class ReadQrisCode : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.read_code")
        .Takes("text", DialogType.Text)
        .Gives("readable", Type)
        .Gives("unreadable")
        .Gives("checksum")
        .Gives("foreign")
        .Gives("not_static");

    /// <summary>Whose a code is.</summary>
    internal static DialogType Type { get; } = DialogType.Record("qris_code", ("name", DialogType.TextOf(25)), ("city", DialogType.TextOf(15)));

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayTakeMoney(turn.Caller))
            return new(new Outcome("unreadable"));
        var code = Qris.Read(call.Text("text"), out var problem);
        return new(problem switch
        {
            QrisProblem.None => new Outcome("readable", RecordValue.Of(("name", new TextValue(code!.Merchant)), ("city", new TextValue(code.City)))),
            QrisProblem.Checksum => new Outcome("checksum"),
            QrisProblem.NotIndonesian => new Outcome("foreign"),
            QrisProblem.NotStatic => new Outcome("not_static"),
            _ => new Outcome("unreadable"),
        });
    }
}

/// <summary>The cooperative takes payments by this QRIS code from now on.</summary>
public sealed class SetQrisCode : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("payments.set_code")
        .Takes("text", DialogType.Text)
        .Gives("set");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var payload = call.Text("text").Trim();
        if (!OfficerRole.MayTakeMoney(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId || Qris.Read(payload, out _) is null)
            throw new InvalidOperationException("A QRIS code is set that was not read before.");
        var code = await turn.Db.Set<QrisCode>().SingleOrDefaultAsync(row => row.CooperativeId == cooperativeId, ct);
        if (code is null)
            turn.Db.Add(code = new QrisCode { CooperativeId = cooperativeId, Payload = payload });
        (code.Payload, code.SetBy, code.SetUtc) = (payload, turn.Caller.PersonId, turn.UtcNow);
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, "qris_code", ct);
        return new Outcome("set");
    }
}

using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Cooperatives;

/// <summary>The kelurahan of a code that a dialog holds, e.g. of the one just confirmed.</summary>
public sealed class GetKelurahan : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("cooperatives.get")
        .Takes("kelurahan", DialogType.Text)
        .Gives("found", KelurahanRecord.Type);

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        string code = call.Text("kelurahan");
        var line = KelurahanFile.Lines.Single(line => line.Code == code);
        return ValueTask.FromResult(new Outcome("found", KelurahanRecord.Of(line.Code, line.Kelurahan, line.Kecamatan)));
    }
}

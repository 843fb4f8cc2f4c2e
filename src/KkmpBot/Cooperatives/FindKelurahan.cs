using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Cooperatives;

/// <summary>
/// Which kelurahan a person means. Even a name that fits to the letter is shown with its kecamatan and confirmed: two names occur twice
/// and 17 pairs lie a letter or two apart.
/// </summary>
public sealed class FindKelurahan : ICapability
{
    private static readonly KelurahanFinder Finder =
        new([.. KelurahanFile.Lines.Select(line => new Ward(line.Code, line.Kelurahan, line.Kecamatan))]);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("cooperatives.find")
        .Takes("text", DialogType.Text)
        .Gives("found", KelurahanRecord.MatchType)
        .Gives("several", KelurahanRecord.MatchType)
        .Gives("near", KelurahanRecord.MatchType)
        .Gives("none");

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var match = Finder.Find(call.Text("text"));
        return ValueTask.FromResult(match.Fit switch
        {
            WardFit.Exact => new Outcome("found", Match(match.Wards)),
            WardFit.Several => new Outcome("several", Match(match.Wards)),
            WardFit.Near => new Outcome("near", Match(match.Wards)),
            WardFit.None => new Outcome("none"),
            _ => throw new InvalidOperationException($"{match.Fit} is no fit."),
        });
    }

    private static RecordValue Match(IReadOnlyList<Ward> wards)
    {
        RecordValue[] all = [.. wards.Select(ward => KelurahanRecord.Of(ward.Code, ward.Kelurahan, ward.Kecamatan))];
        return RecordValue.Of(("best", all[0]), ("all", new ListValue(all)));
    }
}

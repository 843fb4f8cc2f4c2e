using KkmpBot.Conversations;
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
        new([.. ReferenceData.Cooperatives.Select(row => new Ward(row.Code, row.Kelurahan, row.Kecamatan))]);

    /// <summary>A kelurahan to choose; its key is the Kemendagri code.</summary>
    public static DialogType Kelurahan { get; } = DialogType.Record(
        "kelurahan", ("key", DialogType.TextOf(13)), ("name", DialogType.TextOf(18)), ("kecamatan", DialogType.TextOf(16)));

    /// <summary>What the words may mean, best first.</summary>
    public static DialogType KelurahanList { get; } = DialogType.List("kelurahan_list", Kelurahan, KelurahanFinder.MaxCandidates);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("cooperatives.find")
        .Takes("text", DialogType.Text)
        .Gives("found", KelurahanList)
        .Gives("several", KelurahanList)
        .Gives("near", KelurahanList)
        .Gives("none");

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var match = Finder.Find(call.Text("text"));
        var wards = new ListValue([.. match.Wards.Select(Record)]);
        return ValueTask.FromResult(match.Fit switch
        {
            WardFit.Exact => new Outcome("found", wards),
            WardFit.Several => new Outcome("several", wards),
            WardFit.Near => new Outcome("near", wards),
            WardFit.None => new Outcome("none"),
            _ => throw new InvalidOperationException($"{match.Fit} is no fit."),
        });
    }

    private static RecordValue Record(Ward ward) => RecordValue.Of(
        ("key", new TextValue(ward.Code)), ("name", new TextValue(ward.Kelurahan)), ("kecamatan", new TextValue(ward.Kecamatan)));
}

using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>What an officer needs to decide on an application; NIK and NIP stay masked, and the look is recorded.</summary>
public sealed class ShowApplication : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.show_application")
        .Takes("application", DialogType.Text)
        .Gives("found", Details)
        .Gives("gone");

    /// <summary>The application in full; <c>nip</c> is empty when not given; <c>note</c> is empty or says what to look at twice.</summary>
    internal static DialogType Details { get; } = DialogType.Record(
        "application_details",
        ("key", DialogType.TextOf(19)),
        ("name", DialogType.TextOf(ReadName.MaxLength)),
        ("nik", DialogType.Nik),
        ("age", DialogType.Whole),
        ("address", DialogType.TextOf(16)),
        ("kelurahan", DialogType.TextOf(18)),
        ("kecamatan", DialogType.TextOf(16)),
        ("phone", DialogType.Phone),
        ("civil_servant", DialogType.YesNo),
        ("nip", DialogType.Nip),
        ("note", DialogType.TextOf(160)),
        ("day", DialogType.Date));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayLook(turn.Caller) || await Applications.FindPendingAsync(turn, call.Text("application"), ct) is not { } member)
            return new Outcome("gone");
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        var cooperative = await turn.Db.Set<Cooperative>().AsNoTracking().SingleAsync(row => row.Id == member.CooperativeId, ct);
        return new Outcome("found", Record(member, cooperative, turn));
    }

    private static RecordValue Record(Member member, Cooperative cooperative, Turn turn)
    {
        var today = Wib.Day(turn.UtcNow);
        string digits = turn.Vault.Open(member.Nik);
        var nik = Nik.Read(digits, today).Nik ?? throw new InvalidOperationException("A stored NIK cannot be read.");
        string? nip = member.Nip is null ? null : turn.Vault.Open(member.Nip);
        return RecordValue.Of(
            ("key", new TextValue(member.Id.ToString(CultureInfo.InvariantCulture))),
            ("name", new TextValue(turn.Vault.Open(member.FullName))),
            ("nik", new TextValue(digits)),
            ("age", new WholeValue(nik.Age)),
            ("address", new TextValue(turn.Vault.Open(member.Address))),
            ("kelurahan", new TextValue(cooperative.Kelurahan)),
            ("kecamatan", new TextValue(cooperative.Kecamatan)),
            ("phone", new TextValue(turn.Vault.Open(member.Phone))),
            ("civil_servant", new YesNoValue(member.IsCivilServant)),
            ("nip", new TextValue(nip ?? "")),
            ("note", new TextValue(Note(nik, nip, today))),
            ("day", new DateValue(Wib.Day(member.AppliedUtc))));
    }

    // Both are reasons to ask, never to refuse: the date in a NIK can be wrong for life.
    private static string Note(Nik nik, string? nip, DateOnly today)
    {
        if (nik.UnderKtpAge)
            return $"Perhatian: menurut NIK umurnya di bawah {Nik.KtpAge} tahun. Pastikan sudah menikah dan punya KTP.";
        return nip is not null && Nip.Read(nip, today).Nip is { } read && read.BirthDate != nik.BirthDate
            ? "Perhatian: tanggal lahir di NIP dan di NIK berbeda. Mohon dicek dengan KTP."
            : "";
    }
}

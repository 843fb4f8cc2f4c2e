using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Members;

public sealed class ApplicationTests
{
    private const string FreeNik = "3374140101909920";

    [Fact]
    public async Task An_application_waits_for_an_officer_and_is_sealed()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        Assert.Equal("submitted", await ApplyAsync(ward, stranger, FreeNik));
        var member = await ward.AskAsync(turn => turn.Db.Set<Member>().SingleAsync(row => row.PersonId == stranger.PersonId));
        Assert.Equal((MemberStatus.Pending, (int?)null, 159), (member.Status, member.Number, member.CooperativeId));
        Assert.Equal(FreeNik, ward.Test.Vault.Open(member.Nik));
        Assert.Null(member.Nip);
        var person = await ward.AskAsync(turn => turn.Db.Set<Person>().SingleAsync(row => row.Id == stranger.PersonId));
        Assert.Equal("Pak Budi", ward.Test.Vault.Open(person.Nickname!));
        // A number that was typed is a contact, not a proof.
        Assert.Null(person.PhoneIndex);
    }

    [Fact]
    public async Task Nothing_is_stored_without_consent()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ward.Test.PersonAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(ward, stranger, FreeNik));
        Assert.False(await ward.AskAsync(turn => turn.Db.Set<Member>().AnyAsync(row => row.PersonId == stranger.PersonId)));
    }

    [Fact]
    public async Task Consent_names_the_text_the_time_and_the_channel()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        var consent = await ward.AskAsync(turn => turn.Db.Set<Consent>().SingleAsync(row => row.PersonId == stranger.PersonId));
        Assert.Equal(
            (ConsentPurpose.Membership, "membership-2026-11", true, TestDatabase.Now, "console"),
            (consent.Purpose, consent.TextVersion, consent.Given, consent.AtUtc, consent.Channel));
    }

    [Fact]
    public async Task A_nik_is_in_the_register_once()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        var (known, _) = await ward.CallAsync(stranger, new CheckNik(), ("nik", new TextValue("3374145506609905")));
        Assert.Equal("taken", known.Name);
        Assert.Equal("taken", await ApplyAsync(ward, stranger, "3374145506609905"));
        Assert.Equal("submitted", await ApplyAsync(ward, stranger, FreeNik));
        Assert.Equal("already", await ApplyAsync(ward, stranger, "3374140101909924"));
    }

    [Fact]
    public async Task A_rejected_applicant_is_told_why_and_may_apply_again()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        await ApplyAsync(ward, stranger, FreeNik);
        string key = await KeyAsync(ward, stranger);
        var chair = await ward.CallerAsync(DemoPeople.OfficerPhone);
        var (outcome, turn) = await ward.CallAsync(
            chair, new RejectApplication(), ("application", new TextValue(key)), ("reason", new TextValue("KTP belum jelas.")));
        Assert.Equal("rejected", outcome.Name);
        var notice = Assert.Single(turn.Notices);
        Assert.Equal((stranger.PersonId, RejectApplication.Notice), (notice.PersonId, notice.Phrase));
        Assert.Equal("KTP belum jelas.", notice.Values!.Text("reason"));
        Assert.Equal("submitted", await ApplyAsync(ward, stranger, FreeNik));
    }

    [Theory]
    [InlineData(DemoPeople.OfficerPhone, "approved")]
    [InlineData(DemoPeople.TreasurerPhone, "approved")]
    [InlineData(DemoPeople.WarehousePhone, "gone")]
    [InlineData(DemoPeople.SupervisorPhone, "gone")]
    [InlineData(DemoPeople.MemberPhone, "gone")]
    public async Task Only_chair_and_treasurer_admit(string phone, string expected)
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        await ApplyAsync(ward, stranger, FreeNik);
        var (outcome, _) = await ward.CallAsync(
            await ward.CallerAsync(phone), new ApproveApplication(), ("application", new TextValue(await KeyAsync(ward, stranger))));
        Assert.Equal(expected, outcome.Name);
        var member = await ward.AskAsync(turn => turn.Db.Set<Member>().SingleAsync(row => row.PersonId == stranger.PersonId));
        Assert.Equal(expected == "approved" ? MemberStatus.Approved : MemberStatus.Pending, member.Status);
    }

    [Fact]
    public async Task Of_two_officers_who_decide_at_the_same_instant_one_does()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        await ApplyAsync(ward, stranger, FreeNik);
        var arguments = new (string, Value)[] { ("application", new TextValue(await KeyAsync(ward, stranger))), ("reason", new TextValue("KTP belum jelas.")) };
        var chair = await ward.CallerAsync(DemoPeople.OfficerPhone);
        var treasurer = await ward.CallerAsync(DemoPeople.TreasurerPhone);
        var decisions = await Task.WhenAll(
            Task.Run(() => ward.CallAsync(chair, new ApproveApplication(), arguments)),
            Task.Run(() => ward.CallAsync(treasurer, new RejectApplication(), arguments)));
        Assert.Single(decisions, one => one.Outcome.Name == "gone");
        Assert.Equal(1, await ward.AskAsync(turn => turn.Db.Set<AuditEntry>().CountAsync()));
    }

    [Fact]
    public async Task An_officer_reaches_no_other_cooperative()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        await ApplyAsync(ward, stranger, FreeNik);
        string key = await KeyAsync(ward, stranger);
        var elsewhere = (await ward.CallerAsync(DemoPeople.OfficerPhone)) with { CooperativeId = 158 };
        foreach (ICapability capability in (ICapability[])[new ShowApplication(), new ApproveApplication(), new RejectApplication()])
        {
            var (outcome, _) = await ward.CallAsync(elsewhere, capability, ("application", new TextValue(key)), ("reason", new TextValue("x")));
            Assert.Equal("gone", outcome.Name);
        }
        var (listed, _) = await ward.CallAsync(elsewhere, new ListPending());
        Assert.Empty(((ListValue)listed.Carried!).Items);
    }

    [Fact]
    public async Task Every_look_and_every_decision_is_in_the_audit_log()
    {
        await using var ward = await Ward.OpenAsync();
        var stranger = await ConsentingAsync(ward);
        await ApplyAsync(ward, stranger, FreeNik);
        var application = ("application", (Value)new TextValue(await KeyAsync(ward, stranger)));
        var supervisor = await ward.CallerAsync(DemoPeople.SupervisorPhone);
        var chair = await ward.CallerAsync(DemoPeople.OfficerPhone);
        await ward.CallAsync(supervisor, new ListPending());
        await ward.CallAsync(supervisor, new ShowApplication(), application);
        await ward.CallAsync(chair, new ApproveApplication(), application);
        var log = await ward.AskAsync(turn => turn.Db.Set<AuditEntry>().OrderBy(row => row.Number).ToListAsync());
        string subject = $"member:{application.Item2 switch { TextValue text => text.Text, _ => "" }}";
        Assert.Equal(
            [(supervisor.PersonId, "members.pending", $"member:10 member:11 {subject}"), (supervisor.PersonId, "members.show_application", subject),
             (chair.PersonId, "members.approve", subject)],
            log.Select(row => (row.ByPersonId, row.Act, row.Subject)));
    }

    [Fact]
    public async Task The_officer_is_warned_of_the_young_and_of_dates_that_differ()
    {
        await using var ward = await Ward.OpenAsync();
        var chair = await ward.CallerAsync(DemoPeople.OfficerPhone);
        Assert.Contains("17", await NoteAsync(ward, chair, "3374140101129920", ""), StringComparison.Ordinal);
        Assert.Contains("NIP", await NoteAsync(ward, chair, "3374140101909921", "198505152010011005"), StringComparison.Ordinal);
        Assert.Equal("", await NoteAsync(ward, chair, "3374141505859922", "198505152010011005"));
    }

    private static async Task<string> NoteAsync(Ward ward, Caller chair, string nik, string nip)
    {
        var stranger = await ConsentingAsync(ward);
        await ApplyAsync(ward, stranger, nik, nip);
        var (outcome, _) = await ward.CallAsync(chair, new ShowApplication(), ("application", new TextValue(await KeyAsync(ward, stranger))));
        return ((RecordValue)outcome.Carried!).Text("note");
    }

    private static async Task<Caller> ConsentingAsync(Ward ward)
    {
        var stranger = await ward.Test.PersonAsync();
        await ward.CallAsync(
            stranger, new RecordConsent(), ("purpose", new TextValue(ConsentPurpose.Membership)), ("text_version", new TextValue("membership-2026-11")));
        return stranger;
    }

    private static async Task<string> ApplyAsync(Ward ward, Caller caller, string nik, string nip = "")
    {
        var (outcome, _) = await ward.CallAsync(
            caller,
            new SubmitApplication(),
            ("full_name", new TextValue("Budi Santoso")),
            ("nik", new TextValue(nik)),
            ("kelurahan", new TextValue(DemoPeople.CooperativeCode)),
            ("address", new TextValue("RT 003/RW 005")),
            ("phone", new TextValue("+6281298765432")),
            ("civil_servant", new YesNoValue(nip.Length > 0)),
            ("nip", new TextValue(nip)));
        return outcome.Name;
    }

    private static Task<string> KeyAsync(Ward ward, Caller caller) => ward.AskAsync(async turn =>
    {
        long id = await turn.Db.Set<Member>().Where(row => row.PersonId == caller.PersonId).MaxAsync(row => row.Id);
        return id.ToString(System.Globalization.CultureInfo.InvariantCulture);
    });
}

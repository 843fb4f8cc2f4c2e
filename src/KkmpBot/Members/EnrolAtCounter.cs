using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>
/// An officer writes an application for somebody who stands at the counter with their KTP: into the officer's own cooperative, with the consent that
/// was given there. It then waits for the board like any other.
/// </summary>
public sealed class EnrolAtCounter : ICapability
{
    /// <summary>Consent on a signed sheet that the cooperative keeps.</summary>
    public const string OnPaper = "paper";

    /// <summary>Consent said to the officer, who read the text out.</summary>
    public const string InPerson = "spoken";

    private const string CounterChannel = "counter";

    // The words of the chat's question, on the sheet or read out; another wording gets another version.
    private const string TextVersion = "membership-2026-11";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.enrol")
        .Takes("full_name", DialogType.Text)
        .Takes("nik", DialogType.Nik)
        .Takes("address", DialogType.Text)
        .Takes("phone", DialogType.Phone)
        .Takes("civil_servant", DialogType.YesNo)
        .Takes("consent", DialogType.Choice)
        .Gives("enrolled", Applications.Application)
        .Gives("taken")
        .Gives("phone_taken")
        .Gives("not_allowed");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAnswer(turn.Caller) || turn.Caller.CooperativeId is not { } cooperativeId)
            return new Outcome("not_allowed");
        var consent = call.Text("consent");
        if (consent is not (OnPaper or InPerson))
            throw new InvalidOperationException("Somebody was to be enrolled without the consent that has to be noted first.");
        var applicant = new Applicant(
            new PersonName(call.Text("full_name")), new NikNumber(call.Text("nik")), new PhoneNumber(call.Text("phone")), call.Text("address"), call.YesNo("civil_servant"), null);
        if (await CheckNik.IsTakenAsync(turn.Statements, turn.Vault.Indexes("nik", applicant.Nik.Digits), ct))
            return new Outcome("taken");
        var indexes = turn.Vault.Indexes("phone", applicant.Phone.E164);
        var person = await turn.Db.Set<Person>().SingleOrDefaultAsync(row => row.PhoneIndex != null && indexes.Contains(row.PhoneIndex), ct);
        // Whoever holds the number is not signed up behind their back, and an officer not in somebody else's name.
        if (person is not null && (person.Id == turn.Caller.PersonId || await HasMembershipAsync(turn, person.Id, ct)))
            return new Outcome("phone_taken");
        if (person is null)
        {
            person = new Person { Phone = turn.Vault.Seal(applicant.Phone.E164), PhoneIndex = indexes[0], CreatedUtc = turn.UtcNow };
            turn.Db.Add(person);
        }
        person.Nickname ??= applicant.SuggestNickname(turn);
        await turn.Db.SaveChangesAsync(ct);
        var member = applicant.Apply(turn, person.Id, cooperativeId);
        turn.Db.Add(member);
        turn.Db.Add(new Consent
        {
            PersonId = person.Id,
            Purpose = ConsentPurpose.Membership,
            TextVersion = $"{TextVersion}/{consent}",
            Given = true,
            AtUtc = turn.UtcNow,
            Channel = CounterChannel,
        });
        await turn.Db.SaveChangesAsync(ct);
        await Audit.RecordAsync(turn, Description.Name, MemberRegister.Subject(member.Id), ct);
        return new Outcome("enrolled", ListPending.Record(member.Id, applicant.FullName.Full, turn.UtcNow));
    }

    private static Task<bool> HasMembershipAsync(Turn turn, long personId, CancellationToken ct) => turn.Db.Set<Member>().AnyAsync(
        row => row.PersonId == personId && row.Status != MemberStatus.Rejected && row.Status != MemberStatus.Left, ct);
}

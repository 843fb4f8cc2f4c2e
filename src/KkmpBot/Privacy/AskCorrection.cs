using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Privacy;

/// <summary>A member or applicant asks to have something of theirs put right; the officers are told, and reminded before the three days are over.</summary>
public sealed class AskCorrection : ICapability
{
    /// <summary>Tells the officers of a new request.</summary>
    public const string Notice = "data_request";

    /// <summary>Reminds the officers of a request that still waits.</summary>
    public const string ReminderNotice = "data_request_waits";

    /// <summary>The timed act of the reminder; its subject is the request.</summary>
    public const string ReminderKind = "privacy.remind";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.ask_correction")
        .Takes("field", DialogType.Choice)
        .Takes("value", DialogType.Text)
        .Gives("asked").Gives("unclear").Gives("too_many");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        long memberId = turn.Caller.MemberId ?? throw new InvalidOperationException("A correction was asked for by nobody of the register; its dialog has to see to that.");
        if (Read(call.Text("field"), call.Text("value")) is not { } value)
            return new Outcome("unclear");
        int waiting = await turn.Db.Set<DataRequest>().CountAsync(row => row.PersonId == turn.Caller.PersonId && row.Status == DataRequest.Waiting, ct);
        if (waiting >= DataRequest.MaxWaiting)
            return new Outcome("too_many");
        var member = await turn.Db.Set<Member>().AsNoTracking().SingleAsync(row => row.Id == memberId, ct);
        var request = new DataRequest
        {
            CooperativeId = member.CooperativeId,
            PersonId = turn.Caller.PersonId,
            MemberId = memberId,
            Field = call.Text("field"),
            Value = turn.Vault.Seal(value),
            AskedUtc = turn.UtcNow,
        };
        turn.Db.Add(request);
        await turn.Db.SaveChangesAsync(ct);
        foreach (long officer in await Colleagues.WithMoneyAsync(turn, member.CooperativeId, ct))
            turn.Notify(officer, Notice);
        var due = turn.UtcNow + DataRequest.Term - DataRequest.ReminderBefore;
        turn.Schedule(new TimedAct(ReminderKind, due, turn.Caller.PersonId, request.Id.ToString(CultureInfo.InvariantCulture)));
        return new Outcome("asked");
    }

    /// <summary>Reminds the officers of a request that still waits.</summary>
    internal static async ValueTask RemindAsync(TimedAct act, Turn turn, CancellationToken ct)
    {
        long id = long.Parse(act.Subject, NumberStyles.None, CultureInfo.InvariantCulture);
        if (await turn.Db.Set<DataRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Status == DataRequest.Waiting, ct) is not { } request)
            return;
        foreach (long officer in await Colleagues.WithMoneyAsync(turn, request.CooperativeId, ct))
            turn.Notify(officer, ReminderNotice);
    }

    // A name, an RT and RW, a number are read as in the registration, so that what an officer accepts can be written down as it is.
    private static string? Read(string field, string text) => field switch
    {
        "name" => ReadName.Read(text)?.Full,
        "address" => ReadAddress.Read(text),
        "phone" => Dialogs.Answers.PhoneReader.Read(text) is { Problem: null, E164: { } number } ? number : null,
        _ => text,
    };
}

/// <summary>Requests of the officer's cooperative that wait, the oldest first; every look is recorded.</summary>
public sealed class ListDataRequests : ICapability
{
    private const int MaxListed = 30;
    private const int MaxName = 24;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.requests").Gives("listed", ListType);

    /// <summary>A request: whose, what, how it stands and how it should be.</summary>
    internal static DialogType Type { get; } = DialogType.Record(
        "data_request",
        ("key", DialogType.TextOf(19)),
        ("name", DialogType.TextOf(MaxName)),
        ("field", DialogType.TextOf(12)),
        ("now", DialogType.TextOf(ReadName.MaxLength)),
        ("value", DialogType.TextOf(200)),
        ("until", DialogType.TextOf(18)));

    /// <summary>Requests.</summary>
    internal static DialogType ListType { get; } = DialogType.List("data_requests", Type, MaxListed);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAdmit(turn.Caller))
            return new Outcome("listed", new ListValue([]));
        var rows = await (
            from request in turn.Db.Set<DataRequest>().AsNoTracking()
            join member in turn.Db.Set<Member>().AsNoTracking() on request.MemberId equals member.Id
            where request.CooperativeId == turn.Caller.CooperativeId && request.Status == DataRequest.Waiting
            orderby request.Id
            select new { request, member }).Take(MaxListed).ToListAsync(ct);
        if (rows.Count > 0)
            await Audit.RecordAsync(turn, Description.Name, string.Join(' ', rows.Select(row => row.request.Subject)), ct);
        return new Outcome("listed", new ListValue([.. rows.Select(row => Record(row.request, row.member, turn.Vault))]));
    }

    private static RecordValue Record(DataRequest request, Member member, Vault vault) => RecordValue.Of(
        ("key", new TextValue(request.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(Savings.Claims.Short(vault.Open(member.FullName)))),
        ("field", new TextValue(HeldWords.Of(request.Field))),
        ("now", new TextValue(Now(request.Field, member, vault))),
        ("value", new TextValue(request.Value is { } value ? vault.Open(value) : "")),
        ("until", new TextValue(HeldReader.Moment(request.AskedUtc + DataRequest.Term))));

    private static string Now(string field, Member member, Vault vault) => field switch
    {
        "name" => vault.Open(member.FullName),
        "address" => vault.Open(member.Address),
        "phone" => Dialogs.Texts.Masks.PhoneInFull(vault.Open(member.Phone)),
        _ => "-",
    };
}

/// <summary>An officer puts it right, or does not; the person is told either way. <c>gone</c>: it was decided before, or is not theirs to decide.</summary>
public sealed class DecideDataRequest : ICapability
{
    /// <summary>Tells the person that it is put right.</summary>
    public const string DoneNotice = "data_request_done";

    /// <summary>Tells the person that it is not.</summary>
    public const string RefusedNotice = "data_request_refused";

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("privacy.decide")
        .Takes("request", DialogType.Text)
        .Takes("decision", DialogType.Choice)
        .Gives("done").Gives("refused").Gives("gone");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (!OfficerRole.MayAdmit(turn.Caller) || !long.TryParse(call.Text("request"), NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            return new Outcome("gone");
        await turn.Db.LockAsync<DataRequest>(id, ct);
        var request = await turn.Db.Set<DataRequest>()
            .SingleOrDefaultAsync(row => row.Id == id && row.CooperativeId == turn.Caller.CooperativeId && row.Status == DataRequest.Waiting, ct);
        if (request is null)
            return new Outcome("gone");
        bool isDone = call.Text("decision") == "accept";
        if (isDone && request.Value is { } value)
            await CorrectAsync(turn, request, value, ct);
        (request.Status, request.DecidedUtc, request.DecidedBy) = (isDone ? DataRequest.Done : DataRequest.Refused, turn.UtcNow, turn.Caller.PersonId);
        await Audit.RecordAsync(turn, Description.Name, $"{request.Subject} {MemberRegister.Subject(request.MemberId)}", ct);
        turn.Notify(request.PersonId, isDone ? DoneNotice : RefusedNotice);
        return new Outcome(isDone ? "done" : "refused");
    }

    // Anything else the officer has changed by hand before saying so.
    private static async Task CorrectAsync(Turn turn, DataRequest request, SealedText value, CancellationToken ct)
    {
        var member = await turn.Db.Set<Member>().SingleAsync(row => row.Id == request.MemberId, ct);
        switch (request.Field)
        {
            case "name":
                member.FullName = value;
                break;
            case "address":
                member.Address = value;
                break;
            case "phone":
                member.Phone = value;
                break;
            default:
                break;
        }
    }
}

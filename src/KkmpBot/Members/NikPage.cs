using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Members;

/// <summary>
/// Gives the caller a link to the page for their NIK; <c>here</c> where the chat keeps no history, where there is no page that the world reaches
/// over TLS, and for who asked too often: then they are asked in the chat.
/// </summary>
public sealed class OpenNikPage : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.nik_page").Gives("opened", Page).Gives("here");

    /// <summary>The address to open.</summary>
    internal static DialogType Page { get; } = DialogType.Record("nik_page", ("url", DialogType.TextOf(160)));

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Places.SafeUrl is not { } url || !turn.Places.KeepingHistory.Contains(turn.Caller.Channel))
            return new Outcome("here");
        var own = turn.Db.Set<NikLink>().Where(row => row.PersonId == turn.Caller.PersonId);
        var hourAgo = turn.UtcNow.AddHours(-1);
        if (await own.CountAsync(row => row.CreatedUtc > hourAgo, ct) >= NikLink.MaxAnHour)
            return new Outcome("here");
        // The new one takes the place of the one before.
        await own.Where(row => row.UsedUtc == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedUtc, turn.UtcNow), ct);
        var code = NikLink.NewCode();
        turn.Db.Add(new NikLink { PersonId = turn.Caller.PersonId, CodeIndex = NikLink.IndexOf(turn.Vault, code), CreatedUtc = turn.UtcNow });
        return new Outcome("opened", RecordValue.Of(("url", new TextValue($"{url}{NikLink.Path}{code}"))));
    }
}

/// <summary>Takes what the caller wrote on the page; <c>nothing</c> while they have not.</summary>
public sealed class TakeNik : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.take_nik").Gives("taken", DialogType.Nik).Gives("nothing");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var since = turn.UtcNow - NikLink.Waits;
        var written = await turn.Db.Set<NikLink>().Where(row => row.PersonId == turn.Caller.PersonId && row.Nik != null && row.UsedUtc > since)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(ct);
        if (written?.Nik is not { } nik)
            return new Outcome("nothing");
        written.Nik = null;
        return new Outcome("taken", new TextValue(turn.Vault.Open(nik)));
    }
}

/// <summary>Reads a NIK that was written in the chat although there is a page for it.</summary>
public sealed class ReadNik : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("members.read_nik")
        .Takes("text", DialogType.Text)
        .Gives("read", DialogType.Nik)
        .Gives("unclear");

    /// <inheritdoc />
    public ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) => ValueTask.FromResult(
        AnswerReader.Read(DialogType.Nik, call.Text("text"), Wib.Day(turn.UtcNow)) is Reading.Read read ? new Outcome("read", read.Value) : new Outcome("unclear"));
}

/// <summary>How what was written on the page was taken.</summary>
/// <param name="IsGood">False when the link is not good, or no longer.</param>
/// <param name="Problem">What is wrong with the number, in the words of the chat; null when nothing is.</param>
public sealed record NikWritten(bool IsGood, string? Problem)
{
    /// <summary>Whose link a code is; null when it is not good.</summary>
    /// <param name="db">A context.</param>
    /// <param name="vault">Indexes the code.</param>
    /// <param name="code">As in the link.</param>
    /// <param name="utcNow">Now.</param>
    /// <param name="ct">Gives up.</param>
    public static Task<long?> PersonOfAsync(KkmpDbContext db, Vault vault, string code, DateTime utcNow, CancellationToken ct) =>
        NikLink.Good(db, NikLink.IndexOf(vault, code), utcNow).Select(row => (long?)row.PersonId).SingleOrDefaultAsync(ct);

    /// <summary>Takes what was written, in a turn of the link's person: sealed, once, and their conversation goes on with it.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="code">As in the link.</param>
    /// <param name="typed">What was written.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<NikWritten> TakeAsync(Turn turn, string code, string typed, CancellationToken ct)
    {
        var link = await NikLink.Good(turn.Db, NikLink.IndexOf(turn.Vault, code), turn.UtcNow)
            .SingleOrDefaultAsync(row => row.PersonId == turn.Caller.PersonId, ct);
        if (link is null)
            return new NikWritten(false, null);
        switch (AnswerReader.Read(DialogType.Nik, typed, Wib.Day(turn.UtcNow)))
        {
            case Reading.Read { Value: TextValue nik }:
                (link.Nik, link.UsedUtc) = (turn.Vault.Seal(nik.Text), turn.UtcNow);
                turn.Press(NikLink.Filled);
                return new NikWritten(true, null);
            case Reading.Unreadable wrong:
                link.Tries++;
                return new NikWritten(true, turn.Phrase(MachinePhrases.RetryPrefix + wrong.Problem, "id", null));
            default:
                throw new InvalidOperationException("A NIK was read as something else.");
        }
    }
}

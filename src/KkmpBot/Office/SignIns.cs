using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>
/// Signing browsers in and out. The link from the chat is used up by a press of a button on its page, so that what looks at links for a preview
/// uses up none; the session's cookie is new with every sign-in, and only its blind index is stored.
/// </summary>
/// <param name="database">Where sessions lie.</param>
/// <param name="vault">Indexes codes and cookies.</param>
/// <param name="write">The engine's writer.</param>
/// <param name="time">The clock.</param>
public sealed class SignIns(Database database, Vault vault, WriteRows write, TimeProvider time)
{
    private const int TokenBytes = 32;
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>A value that nobody guesses, for a cookie or an act.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>What a form carries to show that it came from our page in this browser.</summary>
    /// <param name="cookie">The cookie it belongs to.</param>
    public string FormToken(string cookie) => Base64Url.EncodeToString(vault.Index("office form", cookie));

    /// <summary>True when a form carries the token of this cookie.</summary>
    /// <param name="cookie">The cookie.</param>
    /// <param name="given">As posted.</param>
    public bool IsFormToken(string cookie, string given) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(FormToken(cookie)), System.Text.Encoding.ASCII.GetBytes(given));

    /// <summary>Uses a link up.</summary>
    /// <param name="code">As in the link.</param>
    /// <param name="browser">What the browser calls itself.</param>
    /// <returns>The new session's cookie; null when the link is unknown, used or too old.</returns>
    public async Task<string?> RedeemAsync(string code, string browser)
    {
        string token = NewToken();
        byte[] index = IssueOfficeLink.IndexOf(vault, code);
        var utcNow = time.GetUtcNow().UtcDateTime;
        bool isGood = false;
        await write(async (connection, transaction, ct) =>
        {
            await using var db = database.Context(connection, transaction);
            isGood = await RedeemAsync(db, index, token, browser, utcNow, ct);
        }, CancellationToken.None);
        return isGood ? token : null;
    }

    /// <summary>Who is signed in with a cookie; null when nobody is any more.</summary>
    /// <param name="db">A context.</param>
    /// <param name="token">The cookie.</param>
    /// <param name="browser">What the browser calls itself.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<SignedIn?> FindAsync(KkmpDbContext db, string token, string browser, CancellationToken ct)
    {
        byte[] index = vault.Index("office session", token);
        var row = await (
            from session in db.Set<OfficeSession>().AsNoTracking()
            where session.TokenIndex == index
            join person in db.Set<Person>() on session.PersonId equals person.Id
            select new
            {
                session,
                person.Nickname,
                Officer = db.Set<Officer>().FirstOrDefault(officer => officer.PersonId == person.Id),
                MemberId = db.Set<Member>().Where(member => member.PersonId == person.Id).Max(member => (long?)member.Id),
            }).SingleOrDefaultAsync(ct);
        if (row?.Officer is not { } office || IsOver(row.session, browser))
            return null;
        bool ofCity = office.CooperativeId == Officer.OfTheCity;
        var kelurahan = ofCity
            ? null
            : await db.Set<Cooperative>().Where(cooperative => cooperative.Id == office.CooperativeId).Select(cooperative => cooperative.Kelurahan).SingleAsync(ct);
        await SeeAsync(row.session);
        var caller = new Caller(row.session.PersonId, 0, "office", row.MemberId, ofCity ? null : office.CooperativeId, office.Role);
        var name = row.Nickname is null ? null : vault.Open(row.Nickname);
        return new SignedIn(row.session.Id, caller, ofCity ? office.Role : null, name, kelurahan is null ? null : $"KKMP {kelurahan}");
    }

    /// <summary>Ends one session.</summary>
    /// <param name="sessionId">Which.</param>
    public Task EndAsync(long sessionId) => RunAsync((db, ct) => db.Set<OfficeSession>().Where(row => row.Id == sessionId).ExecuteDeleteAsync(ct));

    private bool IsOver(OfficeSession session, string browser)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        return utcNow - session.SeenUtc > OfficeSession.Idle
            || utcNow - session.CreatedUtc > OfficeSession.Longest
            || !session.BrowserIndex.AsSpan().SequenceEqual(vault.Index("office browser", browser));
    }

    private async Task SeeAsync(OfficeSession session)
    {
        var utcNow = time.GetUtcNow().UtcDateTime;
        if (utcNow - session.SeenUtc < SeenEvery)
            return;
        await RunAsync((db, ct) => db.Set<OfficeSession>().Where(row => row.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenUtc, utcNow), ct));
    }

    private async Task<bool> RedeemAsync(KkmpDbContext db, byte[] index, string token, string browser, DateTime utcNow, CancellationToken ct)
    {
        var since = utcNow - OfficeLink.Life;
        var used = await db.Set<OfficeLink>().Where(row => row.CodeIndex == index && row.UsedUtc == null && row.CreatedUtc > since)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedUtc, utcNow), ct);
        if (used != 1)
            return false;
        long personId = await db.Set<OfficeLink>().Where(row => row.CodeIndex == index).Select(row => row.PersonId).SingleAsync(ct);
        var over = utcNow - OfficeSession.Longest;
        await db.Set<OfficeSession>().Where(row => row.CreatedUtc < over).ExecuteDeleteAsync(ct);
        db.Add(new OfficeSession
        {
            PersonId = personId,
            TokenIndex = vault.Index("office session", token),
            BrowserIndex = vault.Index("office browser", browser),
            CreatedUtc = utcNow,
            SeenUtc = utcNow,
        });
        await db.SaveChangesAsync(ct);
        return true;
    }

    private Task RunAsync(Func<KkmpDbContext, CancellationToken, Task<int>> change) => write(async (DbConnection connection, DbTransaction transaction, CancellationToken ct) =>
    {
        await using var db = database.Context(connection, transaction);
        await change(db, ct);
    }, CancellationToken.None);
}

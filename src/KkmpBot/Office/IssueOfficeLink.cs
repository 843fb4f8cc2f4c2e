using System.Buffers.Text;
using System.Security.Cryptography;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>Gives an officer of a cooperative or of the city a link that signs one browser in to the pages: five minutes, once.</summary>
public sealed class IssueOfficeLink : ICapability
{
    private const int CodeBytes = 16;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("office.issue_link")
        .Gives("issued", Link)
        .Gives("issued_city", Link)
        .Gives("too_many")
        .Gives("no_officer");

    /// <summary>The address to open.</summary>
    internal static DialogType Link { get; } = DialogType.Record("office_link", ("url", DialogType.TextOf(160)));

    /// <summary>The blind index of a link's code.</summary>
    internal static byte[] IndexOf(Data.Vault vault, string code) => vault.Index("office link", code);

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        if (turn.Caller.OfficerRole is null)
            return new Outcome("no_officer");
        var links = turn.Db.Set<OfficeLink>();
        var hourAgo = turn.UtcNow.AddHours(-1);
        if (await links.CountAsync(row => row.PersonId == turn.Caller.PersonId && row.CreatedUtc > hourAgo, ct) >= OfficeLink.MaxAnHour)
            return new Outcome("too_many");
        var old = turn.UtcNow - Kept;
        await links.Where(row => row.CreatedUtc < old).ExecuteDeleteAsync(ct);
        string code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        turn.Db.Add(new OfficeLink { PersonId = turn.Caller.PersonId, CodeIndex = IndexOf(turn.Vault, code), CreatedUtc = turn.UtcNow });
        var link = RecordValue.Of(("url", new TextValue($"{turn.PagesUrl}/office/masuk/{code}")));
        return new Outcome(OfficerRole.IsOfTheCity(turn.Caller.OfficerRole) ? "issued_city" : "issued", link);
    }
}

/// <summary>Signs all browsers of the person who talks out of the pages, and makes links that were not used yet worthless.</summary>
public sealed class SignOutEverywhere : ICapability
{
    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("office.sign_out").Gives("signed_out").Gives("none");

    /// <summary>Does it for a person.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="personId">Whose browsers.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many browsers and unused links there were.</returns>
    internal static async Task<int> DoAsync(Turn turn, long personId, CancellationToken ct)
    {
        int links = await turn.Db.Set<OfficeLink>().Where(row => row.PersonId == personId && row.UsedUtc == null).ExecuteDeleteAsync(ct);
        return links + await turn.Db.Set<OfficeSession>().Where(row => row.PersonId == personId).ExecuteDeleteAsync(ct);
    }

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct) =>
        new(await DoAsync(turn, turn.Caller.PersonId, ct) > 0 ? "signed_out" : "none");
}

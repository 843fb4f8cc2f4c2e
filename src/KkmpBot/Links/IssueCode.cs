using System.Globalization;
using System.Security.Cryptography;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Links;

/// <summary>Shows a person a one-time code to type in another channel.</summary>
public sealed class IssueCode : ICapability
{
    /// <summary>The code as the dialog shows it: <c>code</c>, six digits.</summary>
    public static DialogType Shown { get; } = DialogType.Record("link_code", ("code", DialogType.TextOf(LinkCode.Digits)));

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private const int MaxDraws = 20;

    /// <inheritdoc />
    public CapabilityDescription Description { get; } = new CapabilityDescription("links.issue_code").Gives("issued", Shown).Gives("too_many");

    /// <inheritdoc />
    public async ValueTask<Outcome> CallAsync(CapabilityCall call, Turn turn, CancellationToken ct)
    {
        var codes = turn.Db.Set<LinkCode>();
        var hourAgo = turn.UtcNow.AddHours(-1);
        if (await codes.CountAsync(row => row.PersonId == turn.Caller.PersonId && row.CreatedUtc > hourAgo, ct) >= LinkCode.MaxAnHour)
            return new Outcome("too_many");
        var old = turn.UtcNow - Kept;
        await codes.Where(row => row.CreatedUtc < old).ExecuteDeleteAsync(ct);
        await turn.Db.Set<LinkTry>().Where(row => row.AtUtc < old).ExecuteDeleteAsync(ct);
        var (code, index) = await DrawAsync(turn, ct);
        turn.Db.Add(new LinkCode { PersonId = turn.Caller.PersonId, CodeIndex = index, CreatedUtc = turn.UtcNow });
        return new Outcome("issued", RecordValue.Of(("code", new TextValue(code))));
    }

    /// <summary>The blind index of a code.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="code">Six digits.</param>
    internal static byte[] IndexOf(Turn turn, string code) => turn.Vault.IdIndex("link code", code);

    private static async Task<(string Code, byte[] Index)> DrawAsync(Turn turn, CancellationToken ct)
    {
        var since = turn.UtcNow - LinkCode.Life;
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);
            var index = IndexOf(turn, code);
            if (!await turn.Db.Set<LinkCode>().AnyAsync(row => row.CodeIndex == index && row.CreatedUtc > since, ct))
                return (code, index);
        }
        throw new InvalidOperationException("Every code drawn is in use.");
    }
}

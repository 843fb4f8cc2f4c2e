using System.Globalization;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Members;

namespace KkmpBot.Savings;

/// <summary>Money that a member puts in: what it is, and what it comes to.</summary>
/// <param name="Kind"><see cref="SavingsRate.Pokok"/>, <see cref="SavingsRate.Wajib"/> or <see cref="Sukarela"/>.</param>
/// <param name="Rupiah">The amount.</param>
/// <param name="Months">The months of simpanan wajib it pays; 0 for the others.</param>
/// <param name="FirstMonth">The first of those months.</param>
public sealed record Deposit(string Kind, long Rupiah, int Months, DateOnly FirstMonth)
{
    /// <summary>The widest <see cref="Text"/>.</summary>
    public const int MaxTextLength = 60;

    /// <summary>Simpanan sukarela: taken and given back at any time, where the cooperative may.</summary>
    public const string Sukarela = "sukarela";

    /// <summary>"Simpanan pokok" or "Simpanan wajib 3 bulan (September–November 2026)".</summary>
    public string Text => Kind switch
    {
        SavingsRate.Pokok => "Simpanan pokok",
        SavingsRate.Wajib => $"Simpanan wajib {Months} bulan ({Savings.Months.Span(FirstMonth, Months)})",
        _ => "Simpanan sukarela",
    };
}

/// <summary>
/// Taking deposits: what may be paid now, and the booking of it. Simpanan pokok is taken up to what is still owed and makes an approved
/// applicant a member when complete; simpanan wajib is taken in whole months, the oldest first.
/// </summary>
public static class Deposits
{
    /// <summary>What an approved applicant still has to pay as simpanan pokok; 0 for a member.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="member">The applicant.</param>
    /// <param name="today">Today, WIB.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<long> PokokOwedAsync(KkmpDbContext db, Member member, DateOnly today, CancellationToken ct)
    {
        if (member.Status != MemberStatus.Approved)
            return 0;
        var rates = await SavingsRate.AllAsync(db, member.CooperativeId, SavingsRate.Pokok, ct);
        long paid = await Books.BalanceAsync(db, member.CooperativeId, Account.Pokok, member.Id, ct);
        return Math.Max(0, SavingsRate.On(rates, today) - paid);
    }

    /// <summary>The months of simpanan wajib that a member has paid and owes; null before membership began.</summary>
    /// <param name="db">The turn's context.</param>
    /// <param name="member">The member.</param>
    /// <param name="today">Today, WIB.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<WajibDues?> WajibDuesAsync(KkmpDbContext db, Member member, DateOnly today, CancellationToken ct)
    {
        if (member.Status != MemberStatus.Active || member.ActiveUtc is not { } activeUtc)
            return null;
        var rates = await SavingsRate.AllAsync(db, member.CooperativeId, SavingsRate.Wajib, ct);
        long paid = await Books.BalanceAsync(db, member.CooperativeId, Account.Wajib, member.Id, ct);
        return WajibDues.Count(Wib.Day(activeUtc), rates, paid, today);
    }

    /// <summary>Books a deposit and, when simpanan pokok is complete with it, enters the applicant in the register.</summary>
    /// <param name="db">The turn's context, inside its transaction.</param>
    /// <param name="member">Tracked.</param>
    /// <param name="deposit">What; as quoted from the books of this moment.</param>
    /// <param name="actKey">The business act.</param>
    /// <param name="atUtc">When.</param>
    /// <param name="byPersonId">The officer.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="intoBank">True when the money came by transfer.</param>
    public static async Task<JournalEntry> BookAsync(
        KkmpDbContext db, Member member, Deposit deposit, string actKey, DateTime atUtc, long byPersonId, CancellationToken ct, bool intoBank = false)
    {
        bool isPokok = deposit.Kind == SavingsRate.Pokok;
        string? months = deposit.Kind == SavingsRate.Wajib
            ? string.Create(CultureInfo.InvariantCulture, $"{deposit.FirstMonth:yyyy-MM}+{deposit.Months}")
            : null;
        var draft = new EntryDraft(member.CooperativeId, $"{deposit.Kind}_received", actKey, atUtc, byPersonId) { Reference = months }
            .Debit(intoBank ? Account.Bank : Account.Cash, deposit.Rupiah)
            .Credit(AccountOf(deposit.Kind), deposit.Rupiah, member.Id);
        var entry = await Books.PostAsync(db, draft, ct);
        if (isPokok && member.Status == MemberStatus.Approved && await PokokOwedAsync(db, member, Wib.Day(atUtc), ct) == 0)
        {
            await MemberRegister.EnterAsync(db, member, atUtc, ct);
            DuesReminder.Begin(db, member, atUtc);
        }
        return entry;
    }

    /// <summary>The account that a kind of deposit belongs to.</summary>
    /// <param name="kind">pokok, wajib or sukarela.</param>
    public static Account AccountOf(string kind) => kind switch
    {
        SavingsRate.Pokok => Account.Pokok,
        SavingsRate.Wajib => Account.Wajib,
        Deposit.Sukarela => Account.Sukarela,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such deposit."),
    };

    /// <summary>A sentence without the words that say what is paid, so that what is left is an amount.</summary>
    /// <param name="said">As typed.</param>
    /// <param name="words">In lower case.</param>
    internal static string Without(string said, params ReadOnlySpan<string> words)
    {
        var kept = new List<string>();
        foreach (string word in said.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!words.Contains(word.ToLowerInvariant()))
                kept.Add(word);
        }
        return string.Join(' ', kept);
    }
}

using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs.WasteBank;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Orders;

namespace KkmpBot.Tests.Programs;

/// <summary>What the programmes' tests need of a city: its people, and prices.</summary>
internal static class City
{
    public static TextValue Text(string text) => new(text);

    public static MoneyValue Money(long rupiah) => new(rupiah);

    /// <summary>Somebody of the city's office, or a mentor: of no cooperative.</summary>
    public static async Task<Caller> PersonAsync(Shop shop, string role = OfficerRole.City) =>
        await shop.OfficerAsync(role, Officer.OfTheCity) with { CooperativeId = null };

    public static async Task<string> NumberAsync(Shop shop, Caller member) =>
        (await shop.ReadAsync(async turn => await turn.Db.Set<Member>().FindAsync(member.MemberId))) is { Number: { } number } ? $"{number}" : "";

    /// <summary>A kilogram's price for some waste, in force for a month.</summary>
    public static Task PriceAsync(Shop shop, int cooperativeId, params (string Material, long Rupiah)[] prices) => shop.WriteAsync(turn =>
    {
        foreach (var (material, rupiah) in prices)
        {
            turn.Db.Add(new WastePrice
            {
                CooperativeId = cooperativeId,
                Material = material,
                FromDay = Wib.Day(TestDatabase.Now).AddDays(-30),
                Rupiah = rupiah,
            });
        }
    });

    /// <summary>The books of every cooperative are as they were booked, and balanced.</summary>
    public static async Task VerifyAsync(Shop shop, params int[] cooperatives)
    {
        Assert.Empty((await LedgerVerifier.VerifyAsync(shop.Test.Database, CancellationToken.None)).Faults);
        foreach (int cooperativeId in cooperatives)
        {
            var sums = await shop.ReadAsync(turn => Books.TrialBalanceAsync(turn.Db, cooperativeId, CancellationToken.None));
            Assert.Equal(sums.Sum(sum => sum.DebitRupiah), sums.Sum(sum => sum.CreditRupiah));
        }
    }

    /// <summary>A member's part of an account.</summary>
    public static Task<long> BalanceAsync(Shop shop, Account account, Caller member) => shop.ReadAsync(turn =>
        Books.BalanceAsync(turn.Db, member.CooperativeId!.Value, account, member.MemberId!.Value, CancellationToken.None));
}

using KkmpBot.Members;
using KkmpBot.Programs.Instructed;
using KkmpBot.Tests.Data;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Programs;

/// <summary>The list of the instructed: matched by blind index, counted as yes or no, and nobody is enrolled by it.</summary>
public sealed class InstructedTests
{
    private const string Joined = "198809232014022001";
    private const string Missing = "199009132025242014";
    private const string Elsewhere = "197503122000031005";

    [Fact]
    public async Task The_list_is_counted_and_enrols_nobody()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync(civilServant: true);
        await shop.WriteAsync(turn => turn.Db.Set<Member>().Single(row => row.Id == member.MemberId).NipIndex = shop.Test.Vault.Index("nip", Joined));
        var code = await shop.ReadAsync(turn => turn.Db.Set<KkmpBot.Cooperatives.Cooperative>().Where(row => row.Id == Shop.Jatisari).Select(row => row.Code).SingleAsync());
        var list = $"nip,kelurahan,luar_kota\n{Joined},{code},tidak\n{Missing},,\n{Elsewhere},{code},ya\n";
        var members = await MembersAsync(shop);

        Assert.Equal((3, 0), await ReadAsync(shop, list));
        Assert.Equal((0, 0), await ReadAsync(shop, list));
        Assert.Equal(new InstructedCount(2, 1, 1), await CountAsync(shop, null));
        Assert.Equal(new InstructedCount(1, 1, 0), await CountAsync(shop, Shop.Jatisari));
        await shop.LeaveAsync(member);
        Assert.Equal(new InstructedCount(2, 0, 1), await CountAsync(shop, null));
        Assert.Equal(members, await MembersAsync(shop));
        var bytes = System.Text.Encoding.Latin1.GetString(await shop.Test.BytesAsync());
        Assert.DoesNotContain(Missing, bytes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nip;kelurahan;luar_kota\n123;;tidak\n")]
    [InlineData("nip;kelurahan;luar_kota\n198809232014022001;33.74.99.9999;tidak\n")]
    [InlineData("nip;kelurahan;luar_kota\n198809232014022001;;mungkin\n")]
    [InlineData("nip;luar_kota\n198809232014022001;tidak\n")]
    [InlineData("")]
    public async Task A_bad_line_is_named_without_the_number(string list)
    {
        await using var shop = await Shop.OpenAsync();
        await shop.Test.TurnAsync(await shop.OfficerAsync(), async turn =>
        {
            var (_, problems) = await InstructedList.ReadAsync(turn.Db, turn.Vault, list, Wib.Day(TestDatabase.Now), CancellationToken.None);
            Assert.NotEmpty(problems);
            Assert.All(problems, problem => Assert.DoesNotContain("1988", problem.Reason, StringComparison.Ordinal));
        });
    }

    private static async Task<(int New, int Problems)> ReadAsync(Shop shop, string list)
    {
        var result = (0, 0);
        await shop.Test.TurnAsync(await shop.OfficerAsync(OfficerRole.Supervisor), async turn =>
        {
            var (added, problems) = await InstructedList.ReadAsync(turn.Db, turn.Vault, list, Wib.Day(TestDatabase.Now), CancellationToken.None);
            result = (added, problems.Count);
        });
        return result;
    }

    private static Task<InstructedCount> CountAsync(Shop shop, int? cooperativeId) =>
        shop.ReadAsync(turn => InstructedCount.OfAsync(turn.Db, cooperativeId, CancellationToken.None));

    private static Task<int> MembersAsync(Shop shop) => shop.ReadAsync(turn => turn.Db.Set<Member>().CountAsync());
}

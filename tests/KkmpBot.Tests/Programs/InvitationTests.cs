using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Ledger;
using KkmpBot.Members;
using KkmpBot.Programs.Invitations;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;
using static KkmpBot.Tests.Programs.City;

namespace KkmpBot.Tests.Programs;

/// <summary>Who came through whose invitation: counted once an officer has approved, and worth nothing else.</summary>
public sealed class InvitationTests
{
    private const string Code = "K7M2QFA";

    [Theory]
    [InlineData(null, null, null, "")]
    [InlineData("kkmp_smg_bot", null, "https://kkmp.example", "Telegram https://t.me/kkmp_smg_bot?start=undangan-koperasi-K7M2QFA")]
    [InlineData(null, "628123456789", null, "WhatsApp https://wa.me/628123456789?text=undangan%20koperasi%20K7M2QFA")]
    [InlineData(null, null, "https://kkmp.example", "web https://kkmp.example/")]
    [InlineData("b", "62", "https://kkmp.example", "Telegram https://t.me/b?start=undangan-koperasi-K7M2QFA, WhatsApp https://wa.me/62?text=undangan%20koperasi%20K7M2QFA")]
    public void Only_the_ways_in_that_there_are_are_given(string? telegram, string? number, string? url, string expected)
    {
        var links = ShowInvitation.LinksOf(new PublicPlaces { Telegram = () => telegram, WhatsAppNumber = number, Url = url }, Code);
        Assert.Equal(expected, string.Join(", ", links.Select(link => $"{link.Text("name")} {link.Text("url")}")));
        // The Bot API takes 64 of these characters behind ?start=.
        Assert.Matches("^[A-Za-z0-9_-]{1,64}$", $"{TakeInvitation.Words.Replace(' ', '-')}-{Code}");
    }

    [Theory]
    [InlineData("0812 3456 7890", "6281234567890")]
    [InlineData("+62 812-3456-7890", "6281234567890")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_number_on_whatsapp_is_written_as_one_likes(string? written, string? digits) => Assert.Equal(digits, PublicPlaces.InternationalDigits(written));

    [Fact]
    public async Task An_approved_registration_counts_for_the_last_invitation_and_books_nothing()
    {
        await using var shop = await Shop.OpenAsync();
        var (one, other, officer) = (await shop.MemberAsync(), await shop.MemberAsync(), await shop.OfficerAsync());
        var (first, second) = (await CodeAsync(shop, one), await CodeAsync(shop, other));
        Assert.Equal(first, await CodeAsync(shop, one));
        var guests = new List<Caller>();
        foreach (var codes in new[] { [first], [first, second], [second, first], new[] { "XXXXXXX" } })
        {
            var guest = await shop.MemberAsync(status: MemberStatus.Pending);
            guests.Add(guest);
            foreach (var code in codes)
                Assert.Equal(code == "XXXXXXX" ? "unknown" : "taken", (await TakeAsync(shop, guest, code)).Name);
        }
        Assert.Equal((0, 0), await JoinedAsync(shop, one));
        foreach (var guest in guests)
            await shop.WriteAsync(turn => turn.Db.Set<Member>().Single(row => row.Id == guest.MemberId).Status = MemberStatus.Approved);
        Assert.Equal((2, 3), await JoinedAsync(shop, one));
        Assert.Equal((1, 3), await JoinedAsync(shop, other));
        Assert.Equal((0, 3), await JoinedAsync(shop, officer));
        Assert.Equal("unknown", (await TakeAsync(shop, one, first)).Name);
        Assert.Equal("not_allowed", (await shop.CallAsync(guests[3] with { CooperativeId = null }, new ShowInvitation())).Name);
        Assert.Empty((await shop.ReadAsync(turn => turn.Db.Set<JournalEntry>().Where(entry => entry.CooperativeId == Shop.Jatisari).ToListAsync())));
    }

    [Fact]
    public async Task An_old_code_is_none_and_its_owner_gets_another()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var old = await CodeAsync(shop, member);
        shop.UtcNow += Invitation.Life + TimeSpan.FromDays(1);
        Assert.Equal("unknown", (await TakeAsync(shop, await shop.MemberAsync(status: MemberStatus.Pending), old)).Name);
        Assert.NotEqual(old, await CodeAsync(shop, member));
    }

    private static Task<Outcome> TakeAsync(Shop shop, Caller guest, string code) =>
        shop.CallAsync(guest, new TakeInvitation(), ("text", Text($"{TakeInvitation.Words} {code.ToLowerInvariant()}")));

    private static async Task<string> CodeAsync(Shop shop, Caller caller) =>
        (await shop.CallAsync(caller, new ShowInvitation())).Text("said").Split(' ')[^1];

    private static async Task<(long Own, long All)> JoinedAsync(Shop shop, Caller caller)
    {
        var shown = (await shop.CallAsync(caller, new ShowInvitation())).Record();
        return (((WholeValue)shown.Fields["joined"]).Number, ((WholeValue)shown.Fields["joined_all"]).Number);
    }
}

using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using KkmpBot.Handovers;
using KkmpBot.Members;
using KkmpBot.Tests.Orders;

namespace KkmpBot.Tests.Handovers;

/// <summary>Asking for an officer, waiting once, being answered.</summary>
public sealed class HandoverTests
{
    [Fact]
    public async Task A_person_waits_once_and_the_last_words_count()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());

        Assert.Equal("queued", (await AskAsync(shop, member, "Kapan LPG datang?")).Name);
        Assert.Equal((chair.PersonId, "handover_requested"), (shop.LastTurn.Notices.Single().PersonId, shop.LastTurn.Notices.Single().Phrase));
        await AskAsync(shop, member, "LPG hari ini ada?");
        Assert.Empty(shop.LastTurn.Notices);

        var waiting = (await shop.CallAsync(chair, new ListWaitingPeople())).Items().Single();
        Assert.Equal("LPG hari ini ada?", waiting.Text("about"));
        Assert.Equal("closed", (await CloseAsync(shop, chair, waiting.Key, "Ada, sore ini")).Name);
        Assert.Equal((member.PersonId, "Ada, sore ini"), (shop.LastTurn.Notices.Single().PersonId, shop.LastTurn.Notices.Single().Values!.Text("answer")));
        Assert.Equal("settled_before", (await CloseAsync(shop, chair, waiting.Key, "Lagi")).Name);
        Assert.Empty((await shop.CallAsync(chair, new ListWaitingPeople())).Items());

        Assert.Equal("queued", (await AskAsync(shop, member, "Terima kasih, besok?")).Name);
    }

    [Fact]
    public async Task A_stranger_is_heard_where_there_is_an_officer()
    {
        await using var shop = await Shop.OpenAsync();
        var (stranger, chair) = (await shop.Test.PersonAsync(), await shop.OfficerAsync());

        Assert.Equal("no_officer", (await AskAsync(shop, stranger, "Syaratnya apa?", CodeOf(Shop.Sampangan))).Name);
        Assert.Equal("queued", (await AskAsync(shop, stranger, "Syaratnya apa?", CodeOf(Shop.Jatisari))).Name);
        Assert.Equal("Tanpa nama", (await shop.CallAsync(chair, new ListWaitingPeople())).Items().Single().Text("name"));
    }

    [Fact]
    public async Task Is_closed_without_an_answer_silently()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());
        await AskAsync(shop, member, "Sudah buka?");
        var waiting = (await shop.CallAsync(chair, new ListWaitingPeople())).Items().Single();

        Assert.Equal("closed", (await CloseAsync(shop, chair, waiting.Key, null)).Name);
        Assert.Empty(shop.LastTurn.Notices);
    }

    [Fact]
    public async Task Is_no_business_of_others()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());
        var (other, lurah) = (await shop.OfficerAsync(cooperativeId: Shop.Sampangan), await shop.OfficerAsync(OfficerRole.Supervisor));
        await AskAsync(shop, member, "Rahasia");
        var key = (await shop.CallAsync(chair, new ListWaitingPeople())).Items().Single().Key;

        Assert.Empty((await shop.CallAsync(other, new ListWaitingPeople())).Items());
        Assert.Empty((await shop.CallAsync(member, new ListWaitingPeople())).Items());
        Assert.Equal("settled_before", (await CloseAsync(shop, other, key, "x")).Name);
        Assert.Equal("not_allowed", (await CloseAsync(shop, lurah, key, "x")).Name);
    }

    [Theory]
    [InlineData("whatsapp", 25, false, "waits")]
    [InlineData("whatsapp", 1, true, "waits")]
    [InlineData("whatsapp", 1, false, "sent")]
    [InlineData("telegram", 25, false, "sent")]
    public async Task The_officer_knows_whether_their_words_arrive_now(string channel, int silentHours, bool windowClosed, string said)
    {
        await using var shop = await Shop.OpenAsync();
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());
        await AskAsync(shop, member, "Sudah buka?");
        await WroteAsync(shop, member, channel, silentHours, windowClosed);
        var key = (await shop.CallAsync(chair, new ListWaitingPeople())).Items().Single().Key;

        Assert.Equal(said == "waits" ? "taken_unheard" : "taken", (await shop.CallAsync(chair, new TakeHandover(), ("person", new TextValue(key)))).Name);
        Assert.Equal(said, (await SayAsync(shop, chair, key)).Name);
        if (said == "sent")
            return;
        await WroteAsync(shop, member, "telegram", silentHours + 1, false);
        Assert.Equal("sent", (await SayAsync(shop, chair, key)).Name);
    }

    private static Task<Outcome> SayAsync(Shop shop, Caller officer, string key) =>
        shop.CallAsync(officer, new SayInTalk(), ("person", new TextValue(key)), ("text", new TextValue("Sudah.")));

    private static Task WroteAsync(Shop shop, Caller who, string channel, int hoursAgo, bool windowClosed) => shop.WriteAsync(turn => turn.Db.Add(new ChannelAddress
    {
        Channel = channel,
        AddressIndex = turn.Vault.Index($"address:{channel}", $"{who.PersonId}"),
        Address = turn.Vault.Seal($"{who.PersonId}"),
        PersonId = who.PersonId,
        LastSeenUtc = shop.UtcNow.AddHours(-hoursAgo),
        WindowClosed = windowClosed,
    }));

    private static Task<Outcome> AskAsync(Shop shop, Caller caller, string about) =>
        AskAsync(shop, caller, about, CodeOf(Shop.Jatisari));

    private static Task<Outcome> AskAsync(Shop shop, Caller caller, string about, string kelurahan) =>
        shop.CallAsync(caller, new RequestHandover(), ("kelurahan", new TextValue(kelurahan)), ("about", new TextValue(about)));

    private static string CodeOf(int cooperativeId) => KelurahanFile.Lines[cooperativeId - 1].Code;

    private static Task<Outcome> CloseAsync(Shop shop, Caller officer, string key, string? answer) => answer is null
        ? shop.CallAsync(officer, new CloseHandover(), ("person", new TextValue(key)))
        : shop.CallAsync(officer, new CloseHandover(), ("person", new TextValue(key)), ("answer", new TextValue(answer)));
}

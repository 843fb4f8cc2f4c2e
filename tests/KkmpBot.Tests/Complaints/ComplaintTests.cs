using KkmpBot.Complaints;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Tests.Orders;

namespace KkmpBot.Tests.Complaints;

/// <summary>A complaint from filing to answer.</summary>
public sealed class ComplaintTests
{
    [Fact]
    public async Task Gets_a_number_reaches_the_officers_and_its_answer_the_person()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, chair) = (await shop.MemberAsync(), await shop.OfficerAsync());

        var filed = await FileAsync(shop, member, "Berasnya berkutu");
        Assert.Equal("0001", filed.Text("no"));
        Assert.Equal((chair.PersonId, "complaint_filed"), (shop.LastTurn.Notices.Single().PersonId, shop.LastTurn.Notices.Single().Phrase));

        var open = (await shop.CallAsync(chair, new ListComplaints())).Items().Single();
        Assert.Equal(("mutu", "Berasnya berkutu"), (open.Text("category"), open.Text("text")));
        Assert.Equal("answered", (await AnswerAsync(shop, chair, "0001", "Silakan ditukar besok")).Name);

        var news = shop.LastTurn.Notices.Single();
        Assert.Equal((member.PersonId, "Silakan ditukar besok"), (news.PersonId, news.Values!.Text("answer")));
        Assert.Equal("settled_before", (await AnswerAsync(shop, chair, "0001", "Lagi")).Name);
        Assert.Empty((await shop.CallAsync(chair, new ListComplaints())).Items());
    }

    [Fact]
    public async Task Is_seen_by_officers_of_the_same_cooperative_only()
    {
        await using var shop = await Shop.OpenAsync();
        var (member, other) = (await shop.MemberAsync(), await shop.OfficerAsync(cooperativeId: Shop.Sampangan));
        var lurah = await shop.OfficerAsync(OfficerRole.Supervisor);
        await FileAsync(shop, member, "Timbangannya kurang");

        Assert.Empty((await shop.CallAsync(other, new ListComplaints())).Items());
        Assert.Empty((await shop.CallAsync(member, new ListComplaints())).Items());
        Assert.Single((await shop.CallAsync(lurah, new ListComplaints())).Items());
        Assert.Equal("settled_before", (await AnswerAsync(shop, other, "0001", "x")).Name);
        Assert.Equal("not_allowed", (await AnswerAsync(shop, lurah, "0001", "x")).Name);
        Assert.Equal("not_allowed", (await AnswerAsync(shop, member, "0001", "x")).Name);
    }

    [Fact]
    public async Task A_stranger_belongs_to_no_cooperative_yet()
    {
        await using var shop = await Shop.OpenAsync();

        Assert.Equal("no_cooperative", (await FileAsync(shop, await shop.Test.PersonAsync(), "x")).Name);
    }

    private static Task<Outcome> FileAsync(Shop shop, Caller caller, string text) =>
        shop.CallAsync(caller, new FileComplaint(), ("category", new TextValue("mutu")), ("text", new TextValue(text)));

    private static Task<Outcome> AnswerAsync(Shop shop, Caller officer, string number, string answer) =>
        shop.CallAsync(officer, new AnswerComplaint(), ("complaint", new TextValue(number)), ("answer", new TextValue(answer)));
}

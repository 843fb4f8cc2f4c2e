using KkmpBot.Members;
using KkmpBot.Office;

namespace KkmpBot.Tests.Office;

/// <summary>Offices are given by phone number, to people who talked to the bot and to those who have not yet.</summary>
public sealed class AppointmentTests
{
    [Theory]
    [InlineData("chair", "33.74.14.1012", true)]
    [InlineData("city", null, true)]
    [InlineData("mentor", null, true)]
    [InlineData("administrator", null, true)]
    [InlineData("chair", null, false)]
    [InlineData("city", "33.74.14.1012", false)]
    [InlineData("chair", "33.74.99.1001", false)]
    [InlineData("king", null, false)]
    public async Task Is_given_where_it_belongs(string role, string? code, bool isGiven)
    {
        await using var office = await OfficeUnderTest.StartAsync();
        string? problem = "";
        var before = await office.CountAsync($"SELECT COUNT(*) FROM officers WHERE role = '{role}'");
        await office.WriteAsync(async db => problem = await OfficerAppointment.AppointAsync(
            db, office.Vault, new Appointment("+6281299990001", role, code, "Pak Baru"), 0, office.Time.UtcNow, CancellationToken.None));
        Assert.Equal(isGiven, problem is null);
        Assert.Equal(before + (isGiven ? 1 : 0), await office.CountAsync($"SELECT COUNT(*) FROM officers WHERE role = '{role}'"));
    }

    [Fact]
    public async Task A_member_who_becomes_an_officer_stays_who_they_are()
    {
        await using var office = await OfficeUnderTest.StartAsync();
        await office.WriteAsync(async db => Assert.Null(await OfficerAppointment.AppointAsync(
            db, office.Vault, new Appointment(DemoPeople.MemberPhone, OfficerRole.Treasurer, DemoPeople.CooperativeCode, null), 0, office.Time.UtcNow, CancellationToken.None)));
        var caller = await office.CallerAsync("member");
        Assert.Equal((OfficerRole.Treasurer, true), (caller.OfficerRole, caller.MemberId is not null));
        var browser = await office.SignInAsync("member");
        using var page = await browser.GetAsync("/office/setoran");
        Assert.Contains("Bu Sri", browser.Page, StringComparison.Ordinal);
    }
}

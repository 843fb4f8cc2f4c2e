using KkmpBot.Announcements;
using KkmpBot.Conversations;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Ledger;
using KkmpBot.Members;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Announcements;

/// <summary>Who hears an announcement, when, how often, and what becomes of it when it is halted, ended or corrected.</summary>
public sealed class AnnouncementTests
{
    [Theory]
    [InlineData("", "koperasi=1 status=aktif")]
    [InlineData("ASN=ya, tunggakan=tidak; beli=beras", "koperasi=1 status=aktif asn=ya tunggakan=tidak beli=beras")]
    [InlineData("status=semua bahasa=jv kanal=whatsapp", "koperasi=1 status=semua bahasa=jv kanal=whatsapp")]
    [InlineData("kecamatan=gajahmungkur", "kecamatan=Gajahmungkur status=aktif")]
    [InlineData("kecamatan=semarang_barat", "kecamatan=Semarang_Barat status=aktif")]
    [InlineData("kota=semua status=disetujui", "kota=semua status=disetujui")]
    public void An_audience_reads_as_it_is_written(string said, string written)
    {
        var audience = Audience.Read(said, Audience.Of(1));
        Assert.Equal(written, audience?.ToString());
        Assert.Equal(audience, Audience.Read(written, Audience.Of(7)));
    }

    [Theory]
    [InlineData("semua orang")]
    [InlineData("asn=mungkin")]
    [InlineData("kecamatan=atlantis")]
    [InlineData("kanal=")]
    [InlineData("koperasi=1;drop table members")]
    [InlineData("bahasa=fr")]
    public void What_is_no_criterion_is_refused(string said) => Assert.Null(Audience.Read(said, Audience.Of(1)));

    [Fact]
    public async Task Only_those_who_agreed_and_can_be_reached_and_fit_are_in_it()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var sri = await town.MemberAsync();
        var budi = await town.MemberAsync(channel: "whatsapp");
        var asn = await town.MemberAsync(asn: true);
        await town.MemberAsync(agrees: null);
        var silent = await town.MemberAsync(agrees: false);
        await town.MemberAsync(blocked: true);
        await town.MemberAsync(cooperative: 2);
        await town.MemberAsync(status: MemberStatus.Left);
        Assert.Equal([sri, budi, asn], await town.PeopleAsync(""));
        Assert.Equal([budi], await town.PeopleAsync("kanal=whatsapp"));
        Assert.Equal([asn], await town.PeopleAsync("asn=ya"));
        Assert.Equal([sri, budi, asn], await town.PeopleAsync("bahasa=id"));
        Assert.Empty(await town.PeopleAsync("bahasa=jv"));
        Assert.Empty(await town.PeopleAsync("beli=beras"));
        await town.ConsentAsync(silent, given: true);
        await town.ConsentAsync(sri, given: false);
        Assert.Equal([budi, asn, silent], await town.PeopleAsync(""));
    }

    [Fact]
    public async Task Arrears_are_worked_out_from_the_books()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var (owes, paid) = (await town.MemberAsync(activeMonths: 3), await town.MemberAsync(activeMonths: 3));
        await town.WriteAsync(async db =>
        {
            var member = await db.Set<Member>().SingleAsync(row => row.PersonId == paid);
            db.Add(new SavingsRate { CooperativeId = 1, Kind = SavingsRate.Wajib, Rupiah = 10_000, FromDay = new DateOnly(2020, 1, 1) });
            await Books.PostAsync(db, new EntryDraft(1, "deposit", "test", town.Time.UtcNow, null).Debit(Account.Cash, 40_000).Credit(Account.Wajib, 40_000, member.Id), CancellationToken.None);
        });
        Assert.Equal([owes], await town.PeopleAsync("tunggakan=ya"));
        Assert.Equal([paid], await town.PeopleAsync("tunggakan=tidak"));
    }

    [Fact]
    public async Task Before_sending_it_is_counted_by_channel_and_window_with_cost_and_days()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var officer = await town.OfficerAsync();
        await town.MemberAsync();
        await town.MemberAsync(channel: "whatsapp");
        await town.MemberAsync(channel: "whatsapp", seenHoursAgo: 30);
        await town.MemberAsync(channel: "web");
        var terms = new MessageTerms { DailyPeople = 1, FreeMessages = 0, MessageRupiah = 350, Templates = new Dictionary<string, string> { ["announcement"] = "kkmp_umum" } };
        var count = await town.TurnAsync(officer, turn => AudienceCount.CountAsync(turn, Audience.Of(1), CancellationToken.None), terms);
        Assert.Equal((4, 1, 1, 1, 1), (count.People, count.Telegram, count.WhatsAppOpen, count.WhatsAppClosed, count.Other));
        Assert.Equal((700, 1, 2), (count.CostRupiah, count.Minutes, count.Days));
        var cheap = terms with { FreeMessages = 1, Templates = new Dictionary<string, string>() };
        var free = await town.TurnAsync(officer, turn => AudienceCount.CountAsync(turn, Audience.Of(1), CancellationToken.None), cheap);
        Assert.Equal(0, free.CostRupiah);
    }

    [Fact]
    public async Task Each_reads_it_once_in_their_language_with_their_name_and_a_button()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var (sri, budi) = (await town.MemberAsync(nickname: "Bu Sri"), await town.MemberAsync());
        var id = await town.AnnounceAsync("{nama}, telur datang.", button: "order");
        await town.WorkAsync();
        var said = await town.SaidAsync(id);
        Assert.Equal([sri, budi], said.Select(message => message.Person));
        Assert.StartsWith("Pengumuman KKMP ", said[0].Payload.Text, StringComparison.Ordinal);
        Assert.Contains("Bu Sri, telur datang.", said[0].Payload.Text, StringComparison.Ordinal);
        Assert.Contains("Bapak/Ibu, telur datang.", said[1].Payload.Text, StringComparison.Ordinal);
        Assert.Equal("Pesan sembako", Assert.Single(said[0].Payload.Buttons).Label);
        await town.WorkAsync();
        Assert.Equal(2, (await town.SaidAsync(id)).Count);
    }

    [Fact]
    public async Task Not_at_night_and_not_more_than_three_a_week_but_a_correction_comes_in_any_case()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        await town.MemberAsync();
        town.Time.Advance(TimeSpan.FromHours(12));
        var first = await town.AnnounceAsync("Satu.");
        await town.WorkAsync();
        Assert.Empty(await town.SaidAsync(first));
        town.Time.Advance(TimeSpan.FromHours(12));
        var all = new List<long> { first };
        for (var i = 0; i < 3; i++)
            all.Add(await town.AnnounceAsync("Lagi."));
        await town.WorkAsync();
        int[] told = await Task.WhenAll(all.Select(async id => (await town.SaidAsync(id)).Count));
        Assert.Equal([1, 1, 1, 0], told);
        Assert.Equal(1, (await town.CountAsync(all[3])).Skipped);
        await town.MarkSentAsync(first);
        var correction = await town.CorrectAsync(first, "Ralatnya.");
        await town.WorkAsync();
        Assert.StartsWith("Ralat pengumuman", Assert.Single(await town.SaidAsync(correction)).Payload.Text, StringComparison.Ordinal);
        town.Time.Advance(TimeSpan.FromDays(8));
        var later = await town.AnnounceAsync("Minggu depan.");
        await town.WorkAsync();
        Assert.Single(await town.SaidAsync(later));
    }

    [Fact]
    public async Task A_correction_goes_to_exactly_those_who_got_it_and_the_rest_is_spared()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var (got, blocked, held, stopped) = (await town.MemberAsync(), await town.MemberAsync(), await town.MemberAsync(), await town.MemberAsync());
        var id = await town.AnnounceAsync("Keliru.");
        await town.WorkAsync();
        await town.MarkAsync(id, got, OutboxStatus.Sent);
        await town.MarkAsync(id, blocked, OutboxStatus.Blocked);
        await town.MarkAsync(id, held, OutboxStatus.Held);
        await town.MarkAsync(id, stopped, OutboxStatus.Sent);
        await town.ConsentAsync(stopped, given: false);
        var correction = await town.CorrectAsync(id, "Yang benar.");
        await town.WorkAsync();
        Assert.Equal([got], (await town.SaidAsync(correction)).Select(message => message.Person));
        var count = await town.CountAsync(id);
        Assert.Equal((4, 2, 1, 1, 0), (count.People, count.Reached, count.Blocked, count.Withdrawn, count.Held));
    }

    [Fact]
    public async Task Several_are_counted_in_one_query_as_each_would_be()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var (sri, budi) = (await town.MemberAsync(), await town.MemberAsync());
        var (first, second, none) = (await town.AnnounceAsync("Satu."), await town.AnnounceAsync("Dua."), await town.AnnounceAsync("Tiga.", startUtc: town.Time.UtcNow.AddDays(1)));
        await town.WorkAsync();
        await town.MarkAsync(first, sri, OutboxStatus.Sent);
        await town.MarkAsync(first, budi, OutboxStatus.Blocked);
        await town.MarkAsync(second, sri, OutboxStatus.Held);
        var counts = await town.ReadAsync(db => AnnouncementLedger.CountAsync(db, [first, second, none], CancellationToken.None));
        Assert.Equal((1, 1, 0, 2), (counts[first].Reached, counts[first].Blocked, counts[first].Held, counts[first].People));
        Assert.Equal((0, 1, 1, 2), (counts[second].Reached, counts[second].Held, counts[second].Queued, counts[second].People));
        Assert.Equal(new AnnouncementCount(), counts[none]);
        Assert.Empty(await town.ReadAsync(db => AnnouncementLedger.CountAsync(db, [], CancellationToken.None)));
    }

    [Fact]
    public async Task Halted_it_is_not_claimed_and_ended_it_is_taken_back()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var officer = await town.OfficerAsync();
        await town.MemberAsync();
        await town.MemberAsync();
        var id = await town.AnnounceAsync("Halo.");
        await town.WorkAsync();
        Assert.Equal(2, await town.ClaimableAsync());
        Assert.True(await town.TurnAsync(officer, turn => AnnouncementDesk.PauseAsync(turn, id, CancellationToken.None)));
        Assert.Equal(0, await town.ClaimableAsync());
        Assert.True(await town.TurnAsync(officer, turn => AnnouncementDesk.ResumeAsync(turn, id, CancellationToken.None)));
        Assert.Equal(2, await town.ClaimableAsync());
        Assert.False(await town.TurnAsync(await town.OfficerAsync(cooperative: 2), turn => AnnouncementDesk.StopAsync(turn, id, CancellationToken.None)));
        Assert.True(await town.TurnAsync(officer, turn => AnnouncementDesk.StopAsync(turn, id, CancellationToken.None)));
        Assert.Equal(0, await town.ClaimableAsync());
        Assert.Equal(2, (await town.CountAsync(id)).Withdrawn);
        await town.WorkAsync();
        Assert.NotNull((await town.ReadAsync(db => db.Set<Announcement>().SingleAsync(row => row.Id == id))).ClosedUtc);
        Assert.Equal(1, await town.ReadAsync(db => db.Set<KkmpBot.Data.Timer>().CountAsync(timer => timer.Kind == "announcements.report")));
    }

    [Fact]
    public async Task A_large_one_waits_for_a_second_officer_who_is_not_the_first()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var (first, second, lurah) = (await town.OfficerAsync(), await town.OfficerAsync(), await town.OfficerAsync(OfficerRole.Supervisor));
        await town.MemberAsync();
        var draft = (await town.TurnAsync(first, turn => AnnouncementDesk.DraftAsync(turn, "Halo.", Audience.Of(1), null, CancellationToken.None)))!;
        async Task<bool> ApproveAsync(Caller who) => await town.TurnAsync(who, async turn =>
            await AnnouncementDesk.FindAsync(turn, draft.Id, CancellationToken.None) is { } row && await AnnouncementDesk.ApproveAsync(turn, row, CancellationToken.None));
        Assert.Equal(AnnouncementStatus.Waiting, await town.TurnAsync(first, async turn =>
            await AnnouncementDesk.SubmitAsync(turn, (await AnnouncementDesk.FindAsync(turn, draft.Id, CancellationToken.None))!, 101, null, AnnouncementRepeat.None, CancellationToken.None)));
        await town.WorkAsync();
        Assert.Empty(await town.SaidAsync(draft.Id));
        bool[] agreed = [await ApproveAsync(first), await ApproveAsync(lurah), await ApproveAsync(second), await ApproveAsync(second)];
        Assert.Equal([false, false, true, false], agreed);
        await town.WorkAsync();
        Assert.Single(await town.SaidAsync(draft.Id));
        Assert.Null(await town.TurnAsync(lurah, turn => AnnouncementDesk.DraftAsync(turn, "Halo.", Audience.Of(1), null, CancellationToken.None)));
        Assert.Null(await town.TurnAsync(first, turn => AnnouncementDesk.DraftAsync(turn, "Halo.", Audience.Of(2), null, CancellationToken.None)));
    }

    [Fact]
    public async Task What_is_scheduled_starts_at_its_moment_and_comes_back_a_week_later()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        await town.MemberAsync();
        var start = town.Time.UtcNow.AddHours(2);
        var id = await town.AnnounceAsync("Tiap minggu.", startUtc: start, repeat: AnnouncementRepeat.Weekly);
        await town.WriteAsync(db => db.Add(new AnnouncementPicture { AnnouncementId = id, MimeType = "image/png", Bytes = [1, 2] }));
        await town.WorkAsync();
        Assert.Empty(await town.SaidAsync(id));
        town.Time.Advance(TimeSpan.FromHours(2));
        await town.WorkAsync();
        Assert.Single(await town.SaidAsync(id));
        var next = await town.ReadAsync(db => db.Set<Announcement>().SingleAsync(row => row.Id != id));
        Assert.Equal((AnnouncementStatus.Scheduled, start.AddDays(7)), (next.Status, next.StartUtc!.Value));
        Assert.Equal([1, 2], (await town.ReadAsync(db => db.Set<AnnouncementPicture>().SingleAsync(row => row.AnnouncementId == next.Id))).Bytes);
    }

    [Fact]
    public async Task Stop_takes_back_what_waits_and_ends_both_consents_and_nothing_else()
    {
        await using var town = await AnnouncementTown.OpenAsync();
        var (sri, budi) = (await town.MemberAsync(), await town.MemberAsync());
        var id = await town.AnnounceAsync("Halo.");
        await town.WorkAsync();
        await town.MarkAsync(id, sri, OutboxStatus.Held);
        await town.WriteAsync(db => db.Add(new OutboxMessage { ConversationId = sri, AddressId = 1, Channel = "telegram", Kind = OutboxKind.Notice, Payload = [1], CreatedUtc = town.Time.UtcNow }));
        await town.TurnAsync(new Caller(sri, 0, "telegram", null, 1, null), async turn => await new StopNews().CallAsync(null!, turn, CancellationToken.None));
        Assert.Equal((1, 1), ((await town.CountAsync(id)).Withdrawn, (await town.CountAsync(id)).Queued));
        Assert.Equal(1, await town.ReadAsync(db => db.Set<OutboxMessage>().CountAsync(row => row.ConversationId == sri && row.Status == OutboxStatus.Pending)));
        Assert.Equal([budi], await town.PeopleAsync(""));
        Assert.Equal(MemberStatus.Active, await town.ReadAsync(db => db.Set<Member>().Where(row => row.PersonId == sri).Select(row => row.Status).SingleAsync()));
    }
}

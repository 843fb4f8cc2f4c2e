using KkmpBot.Announcements;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Announcements;

/// <summary>An announcement that was kept for somebody's next word comes with its picture then.</summary>
public sealed class HeldPictureTests
{
    [Fact]
    public async Task What_was_kept_comes_with_its_picture()
    {
        await using var bot = await TestBot.StartAsync();
        var who = DemoData.PhoneOf("member");
        await bot.TakeAsync(bot.Message(who, InboundKind.OwnContact, phone: who));
        await bot.ArrangeAsync(async db =>
        {
            var address = await db.Set<ChannelAddress>().SingleAsync(row => row.Channel == TestBot.Channel && row.LastSeenUtc >= bot.Time.UtcNow);
            foreach (var picture in new[] { new byte[] { 0xFF, 0xD8, 0xFF, 7 }, null })
            {
                var announcement = new Announcement
                {
                    CooperativeId = 1,
                    Text = bot.Vault.Seal("x"),
                    Audience = "",
                };
                db.Add(announcement);
                await db.SaveChangesAsync();
                if (picture is not null)
                    db.Add(new AnnouncementPicture { AnnouncementId = announcement.Id, MimeType = "image/jpeg", Bytes = picture });
                db.Add(new OutboxMessage
                {
                    ConversationId = address.PersonId,
                    AddressId = address.Id,
                    Channel = TestBot.Channel,
                    Kind = OutboxKind.Bulk,
                    Status = OutboxStatus.Held,
                    AnnouncementId = announcement.Id,
                    Payload = new OutboxPayload(who, picture is null ? "Gerai tutup." : "Telur datang.", [], false).Seal(bot.Vault),
                });
            }
            return await db.SaveChangesAsync();
        });
        var before = bot.Inbox[who].Count;
        await bot.TakeAsync(bot.Message(who, InboundKind.Text, "menu"));
        var given = bot.Inbox[who].Skip(before).ToList();
        Assert.EndsWith("Gerai tutup.", given[0].Text, StringComparison.Ordinal);
        Assert.Equal(("Telur datang.", "pengumuman.jpg"), (given[1].Text, given[1].File?.Name));
        Assert.Single(given, message => message.File is not null);
    }
}

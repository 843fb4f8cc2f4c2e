using KkmpBot.Announcements;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Tests.Platforms.BotApi;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Processes.Broadcasts;

/// <summary>
/// Members who agreed to announcements, written into the database of a program that does not run at the moment: most of them on Telegram, some
/// of whom left it, and some on WhatsApp who have not written for days.
/// </summary>
internal sealed class Audience(TelegramCity city)
{
    private const int Chunk = 1000;
    private const int OneOfSoManyLeft = 50;
    private const int OneOfSoManyIsOnWhatsApp = 40;
    private readonly Dictionary<long, BotApiPerson> onTelegram = [];

    /// <summary>Those with an account on Telegram, by their id in the database.</summary>
    public IReadOnlyDictionary<long, BotApiPerson> OnTelegram => onTelegram;

    public int OnWhatsApp { get; private set; }

    public int Left { get; private set; }

    public async Task AddAsync(int count)
    {
        var vault = MasterKey.OpenVault(new Folders("", Path.Combine(city.Bot.Folder, "data"), Path.Combine(city.Bot.Folder, "keys")));
        var (name, phone, address) = (vault.Seal("Warga"), vault.Seal("+6281300000000"), vault.Seal("RT 001/RW 001"));
        foreach (var numbers in Enumerable.Range(0, count).Chunk(Chunk))
        {
            await WriteAsync(async db =>
            {
                var cooperative = await db.Set<Cooperative>().Where(row => row.Kelurahan == "Jatisari").Select(row => row.Id).SingleAsync();
                var utcNow = TimeProvider.System.GetUtcNow().UtcDateTime;
                var people = numbers.Select(_ => new Person { CreatedUtc = utcNow }).ToList();
                db.AddRange(people);
                await db.SaveChangesAsync();
                foreach (var (number, person) in numbers.Zip(people))
                {
                    db.Add(new Member
                    {
                        PersonId = person.Id,
                        CooperativeId = cooperative,
                        Status = MemberStatus.Active,
                        FullName = name,
                        Nik = name,
                        NikIndex = vault.Index("nik", $"{number:0000000000000000}"),
                        Phone = phone,
                        Address = address,
                        AppliedUtc = utcNow,
                    });
                    db.Add(new Consent
                    {
                        PersonId = person.Id,
                        Purpose = ConsentPurpose.Announcements,
                        TextVersion = "news-1",
                        Given = true,
                        AtUtc = utcNow,
                        Channel = "telegram",
                    });
                    db.Add(AddressOf(person.Id, number, vault, utcNow));
                }
            });
        }
    }

    /// <summary>An announcement of the demo's chair that starts at the next look; returns its id.</summary>
    public async Task<long> AnnounceAsync(string words)
    {
        var vault = MasterKey.OpenVault(new Folders("", Path.Combine(city.Bot.Folder, "data"), Path.Combine(city.Bot.Folder, "keys")));
        var id = 0L;
        await WriteAsync(async db =>
        {
            var chair = await db.Set<Officer>().SingleAsync(officer => officer.Role == OfficerRole.Chair);
            var utcNow = TimeProvider.System.GetUtcNow().UtcDateTime;
            var row = new Announcement
            {
                CooperativeId = chair.CooperativeId,
                CreatedBy = chair.PersonId,
                Status = AnnouncementStatus.Scheduled,
                Text = vault.Seal(words),
                Audience = KkmpBot.Announcements.Audience.Of(chair.CooperativeId).ToString(),
                StartUtc = utcNow,
                CreatedUtc = utcNow,
            };
            db.Add(row);
            await db.SaveChangesAsync();
            id = row.Id;
        });
        return id;
    }

    public async Task<T> ReadAsync<T>(Func<KkmpDbContext, Task<T>> read)
    {
        await using var connection = await city.Data.Database.OpenAsync(CancellationToken.None);
        await using var db = city.Data.Database.Context(connection);
        return await read(db);
    }

    private ChannelAddress AddressOf(long person, int number, Vault vault, DateTime utcNow)
    {
        if (number % OneOfSoManyIsOnWhatsApp == 1)
        {
            OnWhatsApp++;
            return Address("whatsapp", $"62813{number:00000000}", person, vault, utcNow.AddDays(-3));
        }
        var account = city.Api.AddPerson($"Warga {number}");
        account.HasStarted = true;
        if (number % OneOfSoManyLeft == 2)
        {
            account.IsDeactivated = true;
            Left++;
        }
        onTelegram[person] = account;
        return Address("telegram", $"{account.Id}", person, vault, utcNow);
    }

    private static ChannelAddress Address(string channel, string address, long person, Vault vault, DateTime seenUtc) => new()
    {
        Channel = channel,
        AddressIndex = vault.Index($"address:{channel}", address),
        Address = vault.Seal(address),
        PersonId = person,
        LastSeenUtc = seenUtc,
    };

    private async Task WriteAsync(Func<KkmpDbContext, Task> write)
    {
        await using var connection = await city.Data.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var db = city.Data.Database.Context(connection, transaction);
        await write(db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}

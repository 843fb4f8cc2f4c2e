using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Announcements;

/// <summary>An audience before anything is sent: how many, through what, at what cost and for how long.</summary>
public sealed record AudienceCount
{
    /// <summary>Counted no further: a larger audience is counted by those who send it.</summary>
    public const int MaxPeople = 100_000;

    // Telegram's advice for all chats together; WhatsApp is slower by its daily tier.
    private const int PerSecond = 30;
    private static readonly TimeSpan WhatsAppWindow = TimeSpan.FromHours(24);

    /// <summary>Everybody in it who agreed to announcements and can be reached.</summary>
    public int People { get; init; }

    /// <summary>In Telegram.</summary>
    public int Telegram { get; init; }

    /// <summary>In WhatsApp, having written within a day: they get free text.</summary>
    public int WhatsAppOpen { get; init; }

    /// <summary>In WhatsApp, silent for longer: they get a template, or hear it with their next word.</summary>
    public int WhatsAppClosed { get; init; }

    /// <summary>In the web chat.</summary>
    public int Other { get; init; }

    /// <summary>What Meta will ask for it, in rupiah: templates, and messages beyond the free ones of the month.</summary>
    public long CostRupiah { get; init; }

    /// <summary>About how long it takes where nothing but the pace holds it, in minutes.</summary>
    public int Minutes { get; init; }

    /// <summary>How many days WhatsApp's daily tier makes of it; 0 when it goes in one.</summary>
    public int Days { get; init; }

    /// <summary>Somebody of each language that is talked in it.</summary>
    public IReadOnlyDictionary<string, AudienceMember> Samples { get; init; } = new Dictionary<string, AudienceMember>();

    /// <summary>Counts.</summary>
    /// <param name="turn">The officer's turn.</param>
    /// <param name="audience">Who.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<AudienceCount> CountAsync(Turn turn, Audience audience, CancellationToken ct)
    {
        var (reader, people, after) = (new AudienceReader(turn.Db, turn.Vault, turn.UtcNow), new List<AudienceMember>(), 0L);
        while (people.Count < MaxPeople && await reader.ReadAsync(audience, after, ct) is { Last: { } last } page)
        {
            people.AddRange(page.People);
            after = last;
        }
        var whatsApp = people.Where(person => person.Channel == "whatsapp").ToList();
        var open = whatsApp.Count(person => !person.WindowClosed && turn.UtcNow - person.SeenUtc < WhatsAppWindow);
        var closed = whatsApp.Count - open;
        var telegram = people.Count(person => person.Channel == "telegram");
        var templates = turn.Terms.Templates.ContainsKey(AnnouncementText.Phrase) ? closed : 0;
        var month = MessageMonth.StartUtc(turn.UtcNow);
        var used = await turn.Db.Set<DeliveryRow>().CountAsync(row => row.AtUtc >= month && row.Category == "service", ct);
        var charged = templates + Math.Max(0, open - Math.Max(0, turn.Terms.FreeMessages - used));
        return new AudienceCount
        {
            People = people.Count,
            Telegram = telegram,
            WhatsAppOpen = open,
            WhatsAppClosed = closed,
            Other = people.Count - telegram - whatsApp.Count,
            CostRupiah = charged * turn.Terms.MessageRupiah,
            Minutes = (int)Math.Ceiling(people.Count / (60.0 * PerSecond)),
            Days = turn.Terms.DailyPeople > 0 && whatsApp.Count > turn.Terms.DailyPeople ? (int)Math.Ceiling(whatsApp.Count / (double)turn.Terms.DailyPeople) : 0,
            Samples = people.DistinctBy(person => person.Language).ToDictionary(person => person.Language),
        };
    }
}

namespace KkmpBot.Conversations;

/// <summary>
/// What messages cost and how far they may go: what WhatsApp charges and allows, and which news have an approved template there (section <c>WhatsApp</c>). The prices are Meta's, per
/// number and country, and change every quarter: they are settings, not facts.
/// </summary>
public sealed record MessageTerms
{
    /// <summary>What one charged message costs, in rupiah (<c>MessageRupiah</c>): the utility rate for Indonesia, 2 US cents, rounded up.</summary>
    public long MessageRupiah { get; init; } = 350;

    /// <summary>What a cooperative may spend a month where its officers set nothing else, in rupiah (<c>MonthlyBudgetRupiah</c>).</summary>
    public long MonthlyBudgetRupiah { get; init; } = 50_000;

    /// <summary>Replies that are free a month and number since October 2026 (<c>FreeMessages</c>).</summary>
    public int FreeMessages { get; init; } = 1000;

    /// <summary>People who may be sent a template within 24 hours: the portfolio's tier (<c>DailyPeople</c>).</summary>
    public int DailyPeople { get; init; } = 250;

    /// <summary>An announcement to more people than this needs a second officer; setting <c>Announcements__AloneUpTo</c>.</summary>
    public int AloneUpTo { get; init; } = 100;

    /// <summary>The approved template of a phrase (<c>Templates__order_expired</c>): its variables are named like the phrase's placeholders.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads the section.</summary>
    /// <param name="section"><c>WhatsApp</c>.</param>
    public static MessageTerms Read(IConfiguration section)
    {
        var usual = new MessageTerms();
        return new MessageTerms
        {
            MessageRupiah = section.GetValue(nameof(MessageRupiah), usual.MessageRupiah),
            MonthlyBudgetRupiah = section.GetValue(nameof(MonthlyBudgetRupiah), usual.MonthlyBudgetRupiah),
            FreeMessages = section.GetValue(nameof(FreeMessages), usual.FreeMessages),
            DailyPeople = section.GetValue(nameof(DailyPeople), usual.DailyPeople),
            Templates = section.GetSection(nameof(Templates)).GetChildren()
                .Where(child => !string.IsNullOrEmpty(child.Value)).ToDictionary(child => child.Key, child => child.Value!),
        };
    }
}

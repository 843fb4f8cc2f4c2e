using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Alerts;

/// <summary>What an alert waits for, stored as text.</summary>
public static class AlertKind
{
    /// <summary>Cheaper than a price.</summary>
    public const string Below = "below";

    /// <summary>Down to a price.</summary>
    public const string AtMost = "at_most";

    /// <summary>Dearer than a price.</summary>
    public const string Above = "above";

    /// <summary>Up to a price.</summary>
    public const string AtLeast = "at_least";

    /// <summary>Any change of at least so many percent.</summary>
    public const string Change = "change";

    /// <summary>There again.</summary>
    public const string InStock = "in_stock";
}

/// <summary>Whether an alert may speak; the numbers are stored.</summary>
public static class AlertState
{
    /// <summary>It spoke; it waits until the price has crossed back.</summary>
    public const int Spent = 0;

    /// <summary>It speaks when its price comes.</summary>
    public const int Armed = 1;

    /// <summary>Its person wants it to be quiet.</summary>
    public const int Paused = 2;
}

/// <summary>
/// Somebody wants to be told of a price. It speaks at <see cref="FiresAtMost"/> or less, or at <see cref="FiresAtLeast"/> or more; then it is spent until the
/// price has crossed back. A change in percent is both at once, around <see cref="ReferenceRupiah"/>, and is never spent.
/// </summary>
public sealed class Alert
{
    /// <summary>The alert's id.</summary>
    public long Id { get; set; }

    /// <summary>Who wants to know.</summary>
    public long PersonId { get; set; }

    /// <summary>The cooperative that speaks to them.</summary>
    public int CooperativeId { get; set; }

    /// <summary>What is watched, as <see cref="WatchedPrice"/> writes it.</summary>
    public required string Subject { get; set; }

    /// <summary>The kind of goods: a person hears of it once a day, whatever they watch of it.</summary>
    public required string Goods { get; set; }

    /// <summary>The article of ours; null for a market's price.</summary>
    public long? ProductId { get; set; }

    /// <summary>The market; null for ours.</summary>
    public string? Market { get; set; }

    /// <summary>One of <see cref="AlertKind"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The price that was named, in rupiah; 0 where none was.</summary>
    public long Rupiah { get; set; }

    /// <summary>The least change in percent; null for every other kind.</summary>
    public int? Percent { get; set; }

    /// <summary>The price that a change is counted from; 0 for every other kind.</summary>
    public long ReferenceRupiah { get; set; }

    /// <summary>Speaks at this price or less; null when it waits for more.</summary>
    public long? FiresAtMost { get; set; }

    /// <summary>Speaks at this price or more; null when it waits for less.</summary>
    public long? FiresAtLeast { get; set; }

    /// <summary>One of <see cref="AlertState"/>.</summary>
    public int State { get; set; }

    /// <summary>Since when there is something to tell, or from when on it may be told; null when there is nothing.</summary>
    public DateTime? DueUtc { get; set; }

    /// <summary>The price before what is to be told, for a change; else 0.</summary>
    public long WasRupiah { get; set; }

    /// <summary>When it was made.</summary>
    public DateTime CreatedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Alert>
    {
        public void Configure(EntityTypeBuilder<Alert> builder)
        {
            builder.ToTable("alerts");
            builder.HasIndex(alert => alert.PersonId);
            // Whom a price concerns is found in these two, however many watch it.
            builder.HasIndex(alert => new { alert.Subject, alert.State, alert.FiresAtMost });
            builder.HasIndex(alert => new { alert.Subject, alert.State, alert.FiresAtLeast });
            // How many follow what is counted for one cooperative.
            builder.HasIndex(alert => new { alert.CooperativeId, alert.Subject });
            builder.HasIndex(alert => alert.PersonId, "IX_alerts_due").HasFilter("due_utc IS NOT NULL");
        }
    }
}

/// <summary>A person was told of a kind of goods on a day: not again before the next.</summary>
public sealed class AlertDay
{
    /// <summary>Who was told.</summary>
    public long PersonId { get; set; }

    /// <summary>Of which goods.</summary>
    public required string Goods { get; set; }

    /// <summary>On which day, WIB.</summary>
    public DateOnly Day { get; set; }

    private sealed class Table : IEntityTypeConfiguration<AlertDay>
    {
        public void Configure(EntityTypeBuilder<AlertDay> builder)
        {
            builder.ToTable("alert_days");
            builder.HasKey(day => new { day.PersonId, day.Goods, day.Day });
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Orders;

/// <summary>How a cooperative plans when orders are fetched: opening hours cut into times, with so many orders for each.</summary>
public sealed class PickupPlan
{
    /// <summary>Whose.</summary>
    public int CooperativeId { get; set; }

    /// <summary>How long a time is, in minutes.</summary>
    public int SlotMinutes { get; set; }

    /// <summary>How many orders may choose one time.</summary>
    public int Capacity { get; set; }

    private sealed class Table : IEntityTypeConfiguration<PickupPlan>
    {
        public void Configure(EntityTypeBuilder<PickupPlan> builder)
        {
            builder.ToTable("pickup_plans", table => table.HasCheckConstraint("CK_pickup_plans_capacity", "slot_minutes > 0 AND capacity > 0"));
            builder.HasKey(plan => plan.CooperativeId);
            builder.Property(plan => plan.CooperativeId).ValueGeneratedNever();
        }
    }
}

/// <summary>How many placed orders have chosen a time; a time without a row is free.</summary>
public sealed class PickupSlot
{
    /// <summary>Whose.</summary>
    public int CooperativeId { get; set; }

    /// <summary>The day, WIB.</summary>
    public DateOnly Day { get; set; }

    /// <summary>The minute of the day at which the time begins.</summary>
    public int Minute { get; set; }

    /// <summary>Orders that mean to come then.</summary>
    public int Taken { get; set; }

    private sealed class Table : IEntityTypeConfiguration<PickupSlot>
    {
        public void Configure(EntityTypeBuilder<PickupSlot> builder)
        {
            builder.ToTable("pickup_slots", table => table.HasCheckConstraint("CK_pickup_slots_taken", "taken >= 0"));
            builder.HasKey(slot => new { slot.CooperativeId, slot.Day, slot.Minute });
        }
    }
}

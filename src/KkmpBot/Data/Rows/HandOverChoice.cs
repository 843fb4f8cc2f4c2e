using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>How a message was given to a person whose window for free text was closed. One row a message; officers read it.</summary>
public sealed class HandOverChoice
{
    /// <summary>As an approved template, which is charged.</summary>
    public const string Template = "template";

    /// <summary>Through another channel of the same person.</summary>
    public const string OtherChannel = "other_channel";

    /// <summary>Kept for their next message.</summary>
    public const string Held = "held";

    /// <summary>The outbox row.</summary>
    public long OutboxId { get; set; }

    /// <summary>Whose message it is.</summary>
    public long PersonId { get; set; }

    /// <summary>The cooperative that it was sent for.</summary>
    public int? CooperativeId { get; set; }

    /// <summary>template, other_channel or held.</summary>
    public required string Choice { get; set; }

    /// <summary>The template or the channel; why it was held (no_template, budget, tier).</summary>
    public required string Detail { get; set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<HandOverChoice>
    {
        public void Configure(EntityTypeBuilder<HandOverChoice> builder)
        {
            builder.ToTable("hand_over_choices");
            builder.HasKey(choice => choice.OutboxId);
            builder.Property(choice => choice.OutboxId).ValueGeneratedNever();
            builder.HasIndex(choice => new { choice.Choice, choice.AtUtc });
            builder.HasIndex(choice => new { choice.CooperativeId, choice.AtUtc });
        }
    }
}

/// <summary>What a cooperative is willing to pay for messages a month; without a row the setting <c>WhatsApp__MonthlyBudgetRupiah</c> holds.</summary>
public sealed class MessageBudget
{
    /// <summary>The cooperative.</summary>
    public int CooperativeId { get; set; }

    /// <summary>Rupiah a month.</summary>
    public long MonthlyRupiah { get; set; }

    /// <summary>The officer who set it.</summary>
    public long ChangedBy { get; set; }

    /// <summary>When.</summary>
    public DateTime ChangedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<MessageBudget>
    {
        public void Configure(EntityTypeBuilder<MessageBudget> builder)
        {
            builder.ToTable("message_budgets");
            builder.HasKey(budget => budget.CooperativeId);
            builder.Property(budget => budget.CooperativeId).ValueGeneratedNever();
        }
    }
}

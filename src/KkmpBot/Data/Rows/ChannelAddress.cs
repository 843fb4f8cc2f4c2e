using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Data;

/// <summary>An address of a person on a channel; several may point to one person.</summary>
public sealed class ChannelAddress
{
    /// <summary>The row's id.</summary>
    public long Id { get; set; }

    /// <summary>telegram, whatsapp, web or console.</summary>
    public required string Channel { get; set; }

    /// <summary>Blind index of the address (kind <c>address</c>), unique within the channel.</summary>
    public required byte[] AddressIndex { get; set; }

    /// <summary>The address itself: a chat id, a phone number, a web chat's user id.</summary>
    public required SealedText Address { get; set; }

    /// <summary>The person behind it; also the conversation's id.</summary>
    public long PersonId { get; set; }

    /// <summary>When the person last wrote from here, to the minute: at most that much earlier; news go to the latest.</summary>
    public DateTime LastSeenUtc { get; set; }

    /// <summary>True after the person stopped the bot there.</summary>
    public bool Blocked { get; set; }

    /// <summary>True when the platform said that it takes no free text for them, whatever our clock thinks; false again with their next word.</summary>
    public bool WindowClosed { get; set; }

    /// <summary>
    /// False for somebody on WhatsApp who has been silent there for a day: what is written to them waits for their next word, or goes as a template. By our
    /// clock, a little early; the platform's word counts when it is sent.
    /// </summary>
    /// <param name="utcNow">Now.</param>
    public bool TakesFreeText(DateTime utcNow) => Channel != "whatsapp" || (!WindowClosed && utcNow - LastSeenUtc < WhatsAppWindow);

    private static readonly TimeSpan WhatsAppWindow = TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5);

    private sealed class Table : IEntityTypeConfiguration<ChannelAddress>
    {
        public void Configure(EntityTypeBuilder<ChannelAddress> builder)
        {
            builder.ToTable("channel_addresses");
            builder.Property(address => address.WindowClosed).HasDefaultValue(false);
            builder.HasIndex(address => new { address.Channel, address.AddressIndex }).IsUnique();
            builder.HasIndex(address => address.PersonId);
        }
    }
}

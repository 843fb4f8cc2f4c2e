using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Members;

/// <summary>
/// Somebody who talks to us: a stranger with one address, or a member with several. Never keyed on a phone number, since a channel may
/// withhold it.
/// </summary>
public sealed class Person
{
    /// <summary>Also the id of the person's conversation.</summary>
    public long Id { get; set; }

    /// <summary>How we call them; null until they said so.</summary>
    public SealedText? Nickname { get; set; }

    /// <summary>Their verified mobile number in E.164.</summary>
    public SealedText? Phone { get; set; }

    /// <summary>Blind index of the verified number (kind <c>phone</c>); unique.</summary>
    public byte[]? PhoneIndex { get; set; }

    /// <summary>When they first wrote.</summary>
    public DateTime CreatedUtc { get; set; }

    private sealed class Table : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("people");
            builder.HasIndex(person => person.PhoneIndex).IsUnique();
        }
    }
}

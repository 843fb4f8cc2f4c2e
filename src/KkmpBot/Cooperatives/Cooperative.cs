using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace KkmpBot.Cooperatives;

/// <summary>One of the 177 Koperasi Kelurahan Merah Putih; reference data, present from the first migration.</summary>
public sealed class Cooperative
{
    /// <summary>1 to 177, in the order of the Kemendagri codes.</summary>
    public int Id { get; set; }

    /// <summary>Kemendagri code of the kelurahan, e.g. 33.74.14.1013.</summary>
    public required string Code { get; set; }

    /// <summary>The kelurahan; two names occur twice, so a name alone is no key.</summary>
    public required string Kelurahan { get; set; }

    /// <summary>The kecamatan.</summary>
    public required string Kecamatan { get; set; }

    /// <summary>Postal code.</summary>
    public required string PostalCode { get; set; }

    /// <summary>Latitude of the kelurahan's centroid, degrees.</summary>
    public double Latitude { get; set; }

    /// <summary>Longitude of the kelurahan's centroid, degrees.</summary>
    public double Longitude { get; set; }

    /// <summary>Where the outlet stands, as people say it; null when it has none yet.</summary>
    public string? OutletAddress { get; set; }

    /// <summary>Opening hours as people say them; null when it has no outlet.</summary>
    public string? OpeningHours { get; set; }

    /// <summary>True where simpanan sukarela may be taken (needs a USP permit, Permenkop UKM 8/2023).</summary>
    public bool TakesSukarela { get; set; }

    /// <summary>The name on its signboard, e.g. "KKMP Jatisari"; two names occur twice, so say the kecamatan with it.</summary>
    public string Name => $"KKMP {Kelurahan}";

    private sealed class Table : IEntityTypeConfiguration<Cooperative>
    {
        public void Configure(EntityTypeBuilder<Cooperative> builder)
        {
            builder.ToTable("cooperatives");
            builder.Property(cooperative => cooperative.Id).ValueGeneratedNever();
            builder.Ignore(cooperative => cooperative.Name);
            builder.HasIndex(cooperative => cooperative.Code).IsUnique();
        }
    }
}

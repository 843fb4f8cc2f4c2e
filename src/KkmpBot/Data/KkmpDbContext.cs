using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace KkmpBot.Data;

/// <summary>
/// The cooperatives' database. Each slice describes its own tables in an <c>IEntityTypeConfiguration</c> beside its entities; names are
/// snake_case on both databases; sealed values are blobs.
/// </summary>
/// <param name="options">The connection, shared with the turn's prepared commands.</param>
public class KkmpDbContext(DbContextOptions options) : DbContext(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(KkmpDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<SealedText>().HaveConversion<SealedTextConverter>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private sealed class SealedTextConverter() : ValueConverter<SealedText, byte[]>(value => value.Cipher, cipher => new SealedText(cipher));

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

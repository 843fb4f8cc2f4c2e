using KkmpBot.Data;
using KkmpBot.Privacy;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Privacy;

/// <summary>The record of processing is complete: no table of people is missing from it, and what it says of tables is so.</summary>
public sealed class HeldDataTests
{
    // Tables whose person or member is the officer who did something, or whose sealed values belong to no person of their own.
    private static readonly string[] OfOthers =
    [
        "audit_log", "stock_counts", "stock_movements", "dead_letters", "web_conversations", "entry_notes", "lexicon_misses", "deliveries_of_city", "announcements",
        "mentor_visits",
    ];

    [Fact]
    public async Task Every_table_of_people_is_in_the_record()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var db = test.Database.Context(connection);
        var listed = HeldData.All.Select(kind => kind.Table).Concat(OfOthers).ToHashSet();
        var missing = db.Model.GetEntityTypes()
            .Where(entity => entity.GetProperties().Any(property => property.Name is "PersonId" or "MemberId" || property.ClrType == typeof(SealedText)))
            .Select(entity => entity.GetTableName()!)
            .Where(table => !listed.Contains(table));
        Assert.Empty(missing.Order());
    }

    [Fact]
    public async Task Every_kind_can_be_read_for_anybody()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var db = test.Database.Context(connection);
        Assert.Empty(await new HeldReader(db, test.Vault, CancellationToken.None).ReadAsync(4711));
        Assert.Empty(await new HeldReader(db, test.Vault, CancellationToken.None).SubjectsAsync(4711));
    }

    [Fact]
    public async Task What_is_sealed_is_blanked_or_removed_with_its_person()
    {
        await using var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var db = test.Database.Context(connection);
        foreach (var kind in HeldReader.Kinds(db))
        {
            var entity = db.Model.GetEntityTypes().Single(entity => entity.GetTableName() == kind.Table);
            var personal = entity.GetProperties().Where(property => property.ClrType == typeof(SealedText) || property.GetColumnName() is "nik_index" or "nip_index" or "phone_index")
                .Select(property => property.GetColumnName());
            if (kind.WhenErased != WhenErased.Removed)
                Assert.Empty(personal.Where(column => !kind.Blanks.ContainsKey(column)).Select(column => $"{kind.Table}.{column}"));
        }
    }
}

using System.CommandLine;
using KkmpBot.Catalog;
using KkmpBot.Channels;
using KkmpBot.Cooperatives;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary><c>goods picture CODE ARTICLE FILE</c>: what an article looks like, shown when somebody asks its price.</summary>
public static class GoodsCommands
{
    /// <summary>The command.</summary>
    public static Command Command()
    {
        var code = new Argument<string>("code") { Description = "the kelurahan's code, e.g. 33.74.14.1013" };
        var article = new Argument<string>("article") { Description = "the article's name, as members see it" };
        var file = new Argument<FileInfo>("file") { Description = $"a PNG or JPEG of at most {ProductPicture.MaxBytes / 1024} KB" };
        var picture = new Command("picture", "set an article's picture") { code, article, file };
        picture.SetAction((parsed, ct) => SetAsync(parsed.GetRequiredValue(code), parsed.GetRequiredValue(article), parsed.GetRequiredValue(file), ct));
        return new Command("goods", "the catalogue") { picture };
    }

    private static async Task<int> SetAsync(string code, string name, FileInfo file, CancellationToken ct)
    {
        if (!file.Exists || file.Length > ProductPicture.MaxBytes)
            throw new StartRefusedException($"{file.FullName} is missing, or larger than {ProductPicture.MaxBytes / 1024} KB.");
        var bytes = await File.ReadAllBytesAsync(file.FullName, ct);
        var kind = OutboundFile.PictureKindOf(bytes) ?? throw new StartRefusedException($"{file.Name} is neither PNG nor JPEG.");
        using var host = CommandHost.Build();
        var database = host.Services.GetRequiredService<Database>();
        await database.MigrateAsync(ct);
        await using var connection = await database.OpenAsync(ct);
        await using var context = database.Context(connection);
        var product = await (
            from row in context.Set<Product>()
            join cooperative in context.Set<Cooperative>() on row.CooperativeId equals cooperative.Id
            where cooperative.Code == code && row.Name == name
            select row).SingleOrDefaultAsync(ct) ?? throw new StartRefusedException($"{code} sells no '{name}'.");
        var picture = await context.Set<ProductPicture>().SingleOrDefaultAsync(row => row.ProductId == product.Id, ct);
        if (picture is null)
            context.Add(picture = new ProductPicture { ProductId = product.Id, MimeType = kind, Bytes = bytes });
        (picture.MimeType, picture.Bytes, picture.SetUtc) = (kind, bytes, host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        await context.SaveChangesAsync(ct);
        return 0;
    }
}

using KkmpBot.Conversations;
using KkmpBot.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Operations;

/// <summary>
/// Demo people, goods and officers: on an empty SQLite database without any channel's token, or where <c>Demo__Enabled=true</c>. Once a
/// database holds the demo it stays one.
/// </summary>
public static class Demo
{
    /// <summary>Loads the demo where it belongs, and says whether this database is one.</summary>
    /// <param name="services">The container.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<bool> PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var enabled = ReadFlag(configuration, "Demo:Enabled");
        var settings = services.GetRequiredService<TurnSettings>();
        settings.AutoApprove = ReadFlag(configuration, "Demo:AutoApprove") ?? false;
        if (enabled == false || (enabled is null && !HasNoToken(configuration)))
            return false;
        await using var connection = await services.GetRequiredService<Database>().OpenAsync(ct);
        await using var context = services.GetRequiredService<Database>().Context(connection);
        var present = await DemoData.IsPresentAsync(context, services.GetRequiredService<Vault>(), ct);
        var wanted = enabled ?? (present || !await context.Set<Members.Person>().AnyAsync(ct));
        if (wanted && !present)
            await DemoData.LoadAsync(context, services.GetRequiredService<Vault>(), services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ct);
        settings.AutoApprove = ReadFlag(configuration, "Demo:AutoApprove") ?? wanted;
        return wanted;
    }

    private static bool? ReadFlag(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "" => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new StartRefusedException($"{name.Replace(":", "__", StringComparison.Ordinal)} is '{text}'; it may be true or false."),
    };

    private static bool HasNoToken(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration["Telegram:Token"])
        && string.IsNullOrEmpty(configuration["WhatsApp:AccessToken"])
        && (configuration["Database:Provider"] ?? "Sqlite") == "Sqlite";
}

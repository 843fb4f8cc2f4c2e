using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Operations.Metrics;

namespace KkmpBot.Operations;

/// <summary>
/// What a balancer and an operator ask: <c>/healthz</c> and <c>/healthz/ready</c> (200 when the database answers, 503 otherwise),
/// <c>/healthz/live</c> (503 when turns are stuck and only a restart helps) and <c>/metrics</c> (Prometheus text).
/// </summary>
public static class Health
{
    /// <summary>What .NET tells of its own process: memory, collections, processor time, threads.</summary>
    public const string RuntimeMeter = "System.Runtime";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // https://opentelemetry.io/docs/specs/otel/protocol/exporter/: the exporter reads the other OTEL_ variables by itself.
    private const string CollectorSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers what the pages read, and sends the same to a collector where one is named.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configuration">The settings.</param>
    public static IServiceCollection AddHealth(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[CollectorSetting] is { Length: > 0 })
            services.AddHostedService(_ => new CollectorFeed());
        services.AddSingleton<DatabaseGauges>();
        services.AddSingleton(_ => new MeterPage(TurnMeter.Name, RuntimeMeter));
        services.AddSingleton<StuckWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<StuckWatch>());
        return services;
    }

    /// <summary>Maps the pages.</summary>
    /// <param name="app">The routes.</param>
    public static void MapHealth(this WebApplication app)
    {
        // It counts from here on.
        app.Services.GetRequiredService<MeterPage>();
        app.MapGet("/healthz", IsReadyAsync);
        app.MapGet("/healthz/ready", IsReadyAsync);
        app.MapGet("/healthz/live", (StuckWatch watch) => watch.IsStuck ? Unavailable("turns are stuck\n") : Results.Text("ok\n"));
        app.MapGet("/metrics", WriteMetricsAsync);
    }

    private static async Task<IResult> IsReadyAsync(Database database, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await using var connection = await database.OpenAsync(limit.Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(limit.Token);
            return Results.Text("ok\n");
        }
        catch (Exception failure) when (DatabaseFailure.Is(failure) || limit.IsCancellationRequested)
        {
            return Unavailable("database unavailable\n");
        }
    }

    private static async Task<IResult> WriteMetricsAsync(MeterPage page, DatabaseGauges gauges, CancellationToken ct)
    {
        try
        {
            await gauges.ReadAsync(ct);
        }
        catch (Exception failure) when (DatabaseFailure.Is(failure))
        {
            return Unavailable("database unavailable\n");
        }
        return Results.Text(page.Write(), MeterPage.ContentType);
    }

    private static IResult Unavailable(string text) => Results.Text(text, statusCode: StatusCodes.Status503ServiceUnavailable);
}

using KkmpBot.Conversations;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace KkmpBot.Operations.Metrics;

/// <summary>Sends what <c>/metrics</c> shows to an OpenTelemetry collector as well, where the settings name one.</summary>
public sealed class CollectorFeed : IHostedService
{
    private MeterProvider? provider;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        provider = Sdk.CreateMeterProviderBuilder().AddMeter(TurnMeter.Name, Health.RuntimeMeter).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        provider?.Dispose();
        return Task.CompletedTask;
    }
}

using KkmpBot.Operations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KkmpBot.Tests.Operations;

/// <summary>What the log may hold.</summary>
public sealed class LogsTests
{
    [Fact]
    public void Requests_are_neither_logged_nor_traced_since_their_addresses_hold_secrets()
    {
        var folder = Directory.CreateTempSubdirectory("kkmp-logs-");
        try
        {
            using var provider = new ServiceCollection()
                .AddLogging(logging => Logs.Use(logging, new ConfigurationBuilder().Build(), folder.FullName, toStandardError: true))
                .BuildServiceProvider();
            var loggers = provider.GetRequiredService<ILoggerFactory>();

            // The host traces each request as soon as anything of this name would be logged.
            Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical));
            Assert.True(loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").IsEnabled(LogLevel.Warning));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

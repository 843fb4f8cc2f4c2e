using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace KkmpBot.Operations;

/// <summary>The log: to a file of the data folder, and to the terminal. Templates are static and carry ids only, never a text, a name or a number.</summary>
public static class Logs
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const int DaysKept = 14;
    private const long MaxFileBytes = 50_000_000;

    /// <summary>Replaces the host's loggers.</summary>
    /// <param name="logging">The host's logging.</param>
    /// <param name="configuration">Section <c>Serilog</c> may change levels.</param>
    /// <param name="dataFolder">The log files go to its folder <c>logs</c>.</param>
    /// <param name="toStandardError">True when standard output belongs to a chat.</param>
    public static void Use(ILoggingBuilder logging, IConfiguration configuration, string dataFolder, bool toStandardError)
    {
        var levels = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .ReadFrom.Configuration(configuration)
            .WriteTo.File(Path.Combine(dataFolder, "logs", "kkmp-.log"), outputTemplate: "{Timestamp:o} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}",
                formatProvider: System.Globalization.CultureInfo.InvariantCulture, rollingInterval: RollingInterval.Day, retainedFileCountLimit: DaysKept,
                fileSizeLimitBytes: MaxFileBytes, rollOnFileSizeLimit: true, shared: true)
            .WriteTo.Console(outputTemplate: Line, formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                restrictedToMinimumLevel: toStandardError ? LogEventLevel.Warning : LogEventLevel.Information,
                standardErrorFromLevel: toStandardError ? LogEventLevel.Verbose : null);
        logging.ClearProviders();
        logging.AddSerilog(levels.CreateLogger(), dispose: true);
        // Requests are not logged: their addresses and headers hold secrets. Off here, they are not even traced. Serilog lets everything through by a
        // filter of its own, which one for all loggers would not override.
        logging.AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }
}

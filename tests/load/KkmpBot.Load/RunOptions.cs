namespace KkmpBot.Load;

/// <summary>What is the same in every run of an invocation.</summary>
internal sealed record RunOptions
{
    /// <summary>Interleaved runs of each contestant.</summary>
    public required int Runs { get; init; }

    public required int Chats { get; init; }

    public required int Connections { get; init; }

    /// <summary>Turns before anything is counted.</summary>
    public required int WarmUpTurns { get; init; }

    /// <summary>What is counted.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Added to each fsync of the measured process, milliseconds; 0 for the disk as it is.</summary>
    public required double FsyncDelay { get; init; }

    /// <summary>Where prepared state, copies and figures go.</summary>
    public required string Folder { get; init; }

    /// <summary>The published service.</summary>
    public required string Program { get; init; }

    /// <summary>The folder of the peers' programs.</summary>
    public required string Peers { get; init; }

    /// <summary>The library that slows fsync down.</summary>
    public required string SlowFsync { get; init; }

    /// <summary>A PostgreSQL that may make databases, for the copies; empty for none.</summary>
    public required string Postgres { get; init; }

    /// <summary>Which peers run beside the service: grammy, telegraf; empty for none.</summary>
    public required IReadOnlyList<string> Against { get; init; }

    /// <summary>What a delayed fsync needs.</summary>
    public IReadOnlyDictionary<string, string> Environment => FsyncDelay <= 0
        ? new Dictionary<string, string>()
        : new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = SlowFsync,
            ["FSYNC_DELAY_US"] = ((int)(FsyncDelay * 1000)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
}

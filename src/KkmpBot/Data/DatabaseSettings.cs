namespace KkmpBot.Data;

/// <summary>Where the database is; section <c>Database</c> of the settings.</summary>
public sealed class DatabaseSettings
{
    /// <summary>Sqlite (default) or Postgres.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>A connection string; null for <c>kkmp.db</c> in the data folder.</summary>
    public string? ConnectionString { get; set; }
}

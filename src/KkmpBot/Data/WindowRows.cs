namespace KkmpBot.Data;

/// <summary>The SQL of windows for free text, shared by those who close them and those who ask.</summary>
public static class WindowRows
{
    /// <summary>Notes that the window of an outbox row's address is closed (<c>@outbox</c>, <c>@now</c>).</summary>
    public const string CloseOf = """
        INSERT INTO closed_windows (address_id, closed_utc) SELECT address_id, @now FROM outbox WHERE id = @outbox
        ON CONFLICT (address_id) DO UPDATE SET closed_utc = excluded.closed_utc
        """;
}

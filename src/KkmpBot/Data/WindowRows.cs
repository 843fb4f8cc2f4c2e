namespace KkmpBot.Data;

/// <summary>The SQL of windows for free text: who closes them, who asks, and what a closed one leads to.</summary>
public static class WindowRows
{
    /// <summary>Notes that the window of an outbox row's address is closed, until the person writes (<c>@outbox</c>).</summary>
    public const string CloseOf = "UPDATE channel_addresses SET window_closed = TRUE WHERE id = (SELECT address_id FROM outbox WHERE id = @outbox)";

    /// <summary>Whose an outbox row is, when they wrote last, and whether the platform said since that their window is closed (<c>@outbox</c>).</summary>
    public const string Recipient = """
        SELECT x.conversation_id, a.last_seen_utc, a.window_closed, COALESCE(o.cooperative_id, m.cooperative_id)
        FROM outbox x
        JOIN channel_addresses a ON a.id = x.address_id
        LEFT JOIN officers o ON o.person_id = x.conversation_id
        LEFT JOIN members m ON m.id = (SELECT MAX(id) FROM members WHERE person_id = x.conversation_id)
        WHERE x.id = @outbox
        """;

    /// <summary>The other addresses of a person, the latest first (<c>@person</c>, <c>@channel</c>).</summary>
    public const string OtherAddresses = """
        SELECT id, channel, address, last_seen_utc FROM channel_addresses
        WHERE person_id = @person AND channel <> @channel AND NOT blocked ORDER BY last_seen_utc DESC
        """;

    /// <summary>
    /// What a cooperative has used of this month: templates given, and replies that were charged (<c>@cooperative</c>, <c>@month</c>).
    /// </summary>
    public const string Used = """
        SELECT
            (SELECT COUNT(*) FROM hand_over_choices WHERE cooperative_id = @cooperative AND choice = 'template' AND at_utc >= @month),
            (SELECT COUNT(*) FROM deliveries WHERE cooperative_id = @cooperative AND category = 'service' AND billable AND at_utc >= @month),
            COALESCE((SELECT monthly_rupiah FROM message_budgets WHERE cooperative_id = @cooperative), @budget)
        """;

    /// <summary>People who were sent a template since a moment, without one person (<c>@since</c>, <c>@person</c>).</summary>
    public const string PeopleTemplated =
        "SELECT COUNT(DISTINCT person_id) FROM hand_over_choices WHERE choice = 'template' AND at_utc > @since AND person_id <> @person";

    /// <summary>Records a choice, once a message (<c>@outbox</c>, <c>@person</c>, <c>@cooperative</c>, <c>@choice</c>, <c>@detail</c>, <c>@now</c>).</summary>
    public const string Choose = """
        INSERT INTO hand_over_choices (outbox_id, person_id, cooperative_id, choice, detail, at_utc)
        VALUES (@outbox, @person, @cooperative, @choice, @detail, @now)
        ON CONFLICT (outbox_id) DO UPDATE SET choice = excluded.choice, detail = excluded.detail
        """;

    /// <summary>Writes the words of an outbox row once more, for another address (<c>@outbox</c>, <c>@address</c>, <c>@channel</c>, <c>@payload</c>, <c>@now</c>).</summary>
    public const string PassOn = """
        INSERT INTO outbox (
            conversation_id, address_id, channel, kind, status, payload, attempts, leased_until_utc, created_utc, cooperative_id, announcement_id)
        SELECT conversation_id, @address, @channel, kind, 0, @payload, 0, @now, @now, cooperative_id, announcement_id FROM outbox WHERE id = @outbox
        """;

    /// <summary>Takes an outbox row out of what is to be sent (<c>@outbox</c>, <c>@status</c>, <c>@reason</c>).</summary>
    public const string SetAside = "UPDATE outbox SET status = @status, reason = @reason, leased_by = 0 WHERE id = @outbox";
}

using System.Data.Common;
using System.Globalization;
using System.Text;

namespace KkmpBot.Ledger;

/// <summary>A run of the journal in the order of booking, read as raw rows: entries with their lines, and lines that have no entry.</summary>
internal abstract class JournalRows : IDisposable
{
    /// <summary>Entries by id; bounds are <c>@from</c> (with) and <c>@to</c> (without).</summary>
    protected const string SelectEntries =
        """
        SELECT id, cooperative_id, number, at_utc, booked_on, kind, reference, by_person_id, reverses, act_key, previous_hash, hash
        FROM journal_entries WHERE id >= @from AND id < @to ORDER BY id
        """;

    /// <summary>Their lines in order, with the same bounds.</summary>
    protected const string SelectLines =
        """
        SELECT entry_id, position, cooperative_id, account, member_id, debit_rupiah, credit_rupiah
        FROM journal_lines WHERE entry_id >= @from AND entry_id < @to ORDER BY entry_id, position
        """;

    private bool hasLine;
    private bool isStarted;

    /// <summary>The cooperatives of lines that belong to no entry.</summary>
    public HashSet<int> Orphans { get; } = [];

    /// <summary>Reads the next entry with its lines.</summary>
    /// <param name="check">Receives them.</param>
    /// <returns>False at the end.</returns>
    public bool Next(EntryCheck check)
    {
        if (!isStarted)
        {
            hasLine = StepLine();
            isStarted = true;
        }
        if (!StepEntry())
        {
            SkipLinesBefore(long.MaxValue);
            return false;
        }
        long id = EntryId;
        SkipLinesBefore(id);
        ReadEntry(check);
        while (hasLine && LineEntryId == id)
        {
            ReadLine(check);
            hasLine = StepLine();
        }
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>The id of the entry stepped to.</summary>
    protected abstract long EntryId { get; }

    /// <summary>The entry of the line stepped to.</summary>
    protected abstract long LineEntryId { get; }

    /// <summary>The cooperative of the line stepped to.</summary>
    protected abstract long LineCooperativeId { get; }

    /// <summary>Steps to the next entry.</summary>
    protected abstract bool StepEntry();

    /// <summary>Steps to the next line.</summary>
    protected abstract bool StepLine();

    /// <summary>Hands over the entry stepped to.</summary>
    protected abstract void ReadEntry(EntryCheck check);

    /// <summary>Hands over the line stepped to.</summary>
    protected abstract void ReadLine(EntryCheck check);

    /// <summary>Gives up what was opened.</summary>
    protected abstract void Close();

    private void SkipLinesBefore(long id)
    {
        while (hasLine && LineEntryId < id)
        {
            Orphans.Add((int)LineCooperativeId);
            hasLine = StepLine();
        }
    }
}

/// <summary>The journal through two readers of any database, each on a connection of its own.</summary>
internal sealed class ReaderRows : JournalRows
{
    private readonly DbCommand entryCommand;
    private readonly DbCommand lineCommand;
    private readonly DbDataReader entries;
    private readonly DbDataReader lines;

    /// <summary>Opens the readers.</summary>
    /// <param name="forEntries">An open connection.</param>
    /// <param name="forLines">Another open connection.</param>
    /// <param name="from">The first entry's id.</param>
    /// <param name="to">The id after the last.</param>
    public ReaderRows(DbConnection forEntries, DbConnection forLines, long from, long to)
    {
        entryCommand = Command(forEntries, SelectEntries, from, to);
        lineCommand = Command(forLines, SelectLines, from, to);
        entries = entryCommand.ExecuteReader();
        lines = lineCommand.ExecuteReader();
    }

    /// <inheritdoc />
    protected override long EntryId => entries.GetInt64(0);

    /// <inheritdoc />
    protected override long LineEntryId => lines.GetInt64(0);

    /// <inheritdoc />
    protected override long LineCooperativeId => lines.GetInt32(2);

    /// <inheritdoc />
    protected override bool StepEntry() => entries.Read();

    /// <inheritdoc />
    protected override bool StepLine() => lines.Read();

    /// <inheritdoc />
    protected override void ReadEntry(EntryCheck check)
    {
        check.Begin(entries.GetInt32(1), entries.GetInt32(2), entries.GetFieldValue<byte[]>(10), entries.GetFieldValue<byte[]>(11));
        long ticks = (entries.GetDateTime(3) - DateTime.UnixEpoch).Ticks;
        check.Read(
            ticks % TimeSpan.TicksPerMillisecond == 0 ? ticks / TimeSpan.TicksPerMillisecond : null,
            Utf8(entries.GetFieldValue<DateOnly>(4).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            Utf8(entries.GetString(5)),
            entries.IsDBNull(6) ? [] : Utf8(entries.GetString(6)),
            entries.IsDBNull(7) ? null : entries.GetInt64(7),
            entries.IsDBNull(8) ? null : entries.GetInt32(8),
            Utf8(entries.GetString(9)));
    }

    /// <inheritdoc />
    protected override void ReadLine(EntryCheck check) => check.ReadLine(
        lines.GetInt32(1), lines.GetInt32(2), Utf8(lines.GetString(3)), lines.IsDBNull(4) ? null : lines.GetInt64(4), lines.GetInt64(5), lines.GetInt64(6));

    /// <inheritdoc />
    protected override void Close()
    {
        entries.Dispose();
        lines.Dispose();
        entryCommand.Dispose();
        lineCommand.Dispose();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static DbCommand Command(DbConnection connection, string sql, long from, long to)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in new[] { ("from", from), ("to", to) })
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

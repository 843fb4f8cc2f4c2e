using System.Globalization;
using System.Text;

namespace KkmpBot.Conversations;

/// <summary>
/// A durable mark of the messages being handled, so that one which kills the process is found out at the next start: it is run alone
/// then, and when it kills again it is quarantined. The file is rewritten in place without fsync, since only the process has to die
/// and the machine's page cache survives that; a power cut loses the mark and with it only suspicion. An empty line ends it: what an
/// earlier, longer mark left behind it means nothing.
/// </summary>
public sealed class AttemptLog : IDisposable
{
    /// <summary>A message that was being handled this many times when the process died is not handled again.</summary>
    public const int MaxAttempts = 3;

    // Suspects beyond this many are forgotten, oldest first; a group never holds more turns.
    private const int MaxSuspects = 1000;

    private readonly FileStream? file;
    private readonly Dictionary<string, int> suspects;
    private readonly HashSet<string> running = [];
    private readonly Lock gate = new();

    /// <summary>Opens the log and reads who was being handled when the process last died.</summary>
    /// <param name="path">A file in the data folder, created when missing; null for a process whose death nobody would take up, such as a chat.</param>
    public AttemptLog(string? path)
    {
        suspects = path is null ? [] : Read(path);
        file = path is null ? null : new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    /// <summary>How often the file could not be written.</summary>
    public int UnwrittenMarks { get; private set; }

    /// <summary>How often the process died while this message was being handled.</summary>
    /// <param name="key">The message's key.</param>
    public int Deaths(string key)
    {
        lock (gate)
            return suspects.GetValueOrDefault(key);
    }

    /// <summary>Marks messages as being handled.</summary>
    /// <param name="keys">Their keys.</param>
    public void Begin(IEnumerable<string> keys)
    {
        lock (gate)
        {
            running.UnionWith(keys);
            Write();
        }
    }

    /// <summary>Takes the marks away: the messages were handled, or failed without killing anybody.</summary>
    /// <param name="keys">Their keys.</param>
    public void End(IEnumerable<string> keys)
    {
        lock (gate)
        {
            foreach (var key in keys)
            {
                running.Remove(key);
                suspects.Remove(key);
            }
            Write();
        }
    }

    /// <inheritdoc />
    public void Dispose() => file?.Dispose();

    private void Write()
    {
        if (file is null)
            return;
        var marks = running.Select(key => (Key: key, Deaths: suspects.GetValueOrDefault(key) + 1))
            .Concat(suspects.Where(suspect => !running.Contains(suspect.Key)).Select(suspect => (suspect.Key, Deaths: suspect.Value)));
        var bytes = Encoding.UTF8.GetBytes(string.Concat(marks.Select(mark => $"{mark.Deaths.ToString(CultureInfo.InvariantCulture)} {mark.Key}\n").Append("\n")));
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, 0);
        }
        catch (Exception failure) when (failure is IOException or ArgumentOutOfRangeException)
        {
            // A file that may not grow (EFBIG, a quota) is out of range to .NET. On a full disk nobody is marked. What is lost is suspicion; the turn itself is the database's to refuse.
            UnwrittenMarks++;
        }
    }

    private static Dictionary<string, int> Read(string path)
    {
        var marks = new Dictionary<string, int>();
        if (!File.Exists(path))
            return marks;
        foreach (var line in File.ReadLines(path).TakeWhile(line => line.Length > 0).TakeLast(MaxSuspects))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            // A torn last line is a mark that was never whole: nobody is suspected by it.
            if (space > 0 && int.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var deaths))
                marks[line[(space + 1)..]] = deaths;
        }
        return marks;
    }
}

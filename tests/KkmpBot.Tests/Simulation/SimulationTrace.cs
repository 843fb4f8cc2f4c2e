using System.Globalization;

namespace KkmpBot.Tests.Simulation;

/// <summary>What happened, line by line: the last ones to read, and a hash of all.</summary>
internal sealed class SimulationTrace
{
    private const int Remembered = 60;
    private readonly Queue<string> lines = new();
    private string line = "";

    /// <summary>FNV-1a over every line.</summary>
    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037;

    public int Steps { get; private set; }

    public void Begin(string what)
    {
        Steps++;
        lines.Enqueue(line);
        if (lines.Count > Remembered)
            lines.Dequeue();
        line = "";
        Note(string.Create(CultureInfo.InvariantCulture, $"{Steps} {what}"));
    }

    public void Note(string what)
    {
        line += line.Length == 0 ? what : $"; {what}";
        foreach (var letter in what)
            Hash = (Hash ^ letter) * 1_099_511_628_211;
    }

    public override string ToString() => $"{string.Join('\n', lines)}\n{line}";
}

namespace KkmpBot.Dialogs.Model;

/// <summary>Where something stands in a dialog file.</summary>
/// <param name="File">The path below the dialogs' folder, with slashes, e.g. <c>officer/stock.yaml</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public readonly record struct Spot(string File, int Line, int Column) : IComparable<Spot>
{
    /// <inheritdoc />
    public int CompareTo(Spot other)
    {
        var byFile = string.CompareOrdinal(File, other.File);
        if (byFile != 0)
        {
            return byFile;
        }

        var byLine = Line.CompareTo(other.Line);
        return byLine != 0 ? byLine : Column.CompareTo(other.Column);
    }

    /// <summary>Orders places as a reader meets them.</summary>
    public static bool operator <(Spot left, Spot right) => left.CompareTo(right) < 0;

    /// <summary>Orders places as a reader meets them.</summary>
    public static bool operator >(Spot left, Spot right) => left.CompareTo(right) > 0;

    /// <summary>Orders places as a reader meets them.</summary>
    public static bool operator <=(Spot left, Spot right) => left.CompareTo(right) <= 0;

    /// <summary>Orders places as a reader meets them.</summary>
    public static bool operator >=(Spot left, Spot right) => left.CompareTo(right) >= 0;
}

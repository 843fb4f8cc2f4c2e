using System.Globalization;

namespace KkmpBot.Data;

/// <summary>One line of the list of Semarang's kelurahan.</summary>
/// <param name="Id">Its place in the list, from 1; also the id of its cooperative.</param>
/// <param name="Code">Kemendagri's code, e.g. 33.74.14.1013.</param>
/// <param name="Kecamatan">The kecamatan.</param>
/// <param name="Kelurahan">The kelurahan.</param>
/// <param name="PostalCode">The postal code.</param>
/// <param name="Latitude">Of the centroid, degrees.</param>
/// <param name="Longitude">Of the centroid, degrees.</param>
public sealed record KelurahanLine(int Id, string Code, string Kecamatan, string Kelurahan, string PostalCode, double Latitude, double Longitude);

/// <summary>
/// The 177 kelurahan of Semarang, embedded, in the order of the Kemendagri codes: the reference data that the first migration inserts.
/// </summary>
public static class KelurahanFile
{
    private const string ResourceName = "kelurahan-semarang.csv";

    /// <summary>The lines of the file.</summary>
    public static IReadOnlyList<KelurahanLine> Lines { get; } = Read();

    /// <summary>One INSERT a cooperative, in SQL that both databases read: no outlet yet, sukarela off.</summary>
    public static IEnumerable<string> InsertCooperatives() => Lines.Select(line => string.Create(
        CultureInfo.InvariantCulture,
        $"""
         INSERT INTO cooperatives (id, code, kelurahan, kecamatan, postal_code, latitude, longitude, takes_sukarela)
         VALUES ({line.Id}, '{line.Code}', '{Quoted(line.Kelurahan)}', '{Quoted(line.Kecamatan)}',
                 '{line.PostalCode}', {line.Latitude}, {line.Longitude}, FALSE);
         """));

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static List<KelurahanLine> Read()
    {
        using var stream = typeof(KelurahanFile).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The program was built without {ResourceName}.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var lines = new List<KelurahanLine>();
        while (reader.ReadLine() is { } line)
            lines.Add(Parse(line.Split(','), lines.Count + 1));
        return lines;
    }

    // kode,kecamatan,kelurahan,kodepos,lat,lng; the file has no quoted fields.
    private static KelurahanLine Parse(string[] fields, int id) => new(
        id, fields[0], fields[1], fields[2], fields[3],
        double.Parse(fields[4], CultureInfo.InvariantCulture), double.Parse(fields[5], CultureInfo.InvariantCulture));
}

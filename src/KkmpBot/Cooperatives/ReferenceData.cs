using System.Globalization;

namespace KkmpBot.Cooperatives;

/// <summary>
/// Semarang's 177 kelurahan, each with its cooperative: always there, inserted by the first migration. The file is embedded, in the
/// order of the Kemendagri codes; a cooperative's id is its place in it.
/// </summary>
public static class ReferenceData
{
    /// <summary>How many cooperatives the city has.</summary>
    public const int CooperativeCount = 177;

    private const string ResourceName = "kelurahan-semarang.csv";

    /// <summary>The cooperatives as the file lists them: no outlet yet, sukarela off.</summary>
    public static IReadOnlyList<Cooperative> Cooperatives { get; } = Read();

    /// <summary>One INSERT a cooperative, in SQL that both databases read.</summary>
    public static IEnumerable<string> InsertCooperatives() => Cooperatives.Select(cooperative => string.Create(
        CultureInfo.InvariantCulture,
        $"""
         INSERT INTO cooperatives (id, code, kelurahan, kecamatan, postal_code, latitude, longitude, takes_sukarela)
         VALUES ({cooperative.Id}, '{cooperative.Code}', '{Quoted(cooperative.Kelurahan)}', '{Quoted(cooperative.Kecamatan)}',
                 '{cooperative.PostalCode}', {cooperative.Latitude}, {cooperative.Longitude}, FALSE)
         """));

    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static List<Cooperative> Read()
    {
        using var stream = typeof(ReferenceData).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The program was built without {ResourceName}.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var cooperatives = new List<Cooperative>(CooperativeCount);
        while (reader.ReadLine() is { } line)
            cooperatives.Add(Parse(line, cooperatives.Count + 1));
        return cooperatives;
    }

    // kode,kecamatan,kelurahan,kodepos,lat,lng; the file has no quoted fields.
    private static Cooperative Parse(string line, int id)
    {
        string[] fields = line.Split(',');
        return new Cooperative
        {
            Id = id,
            Code = fields[0],
            Kecamatan = fields[1],
            Kelurahan = fields[2],
            PostalCode = fields[3],
            Latitude = double.Parse(fields[4], CultureInfo.InvariantCulture),
            Longitude = double.Parse(fields[5], CultureInfo.InvariantCulture),
        };
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KkmpBot.Papers;

namespace KkmpBot.Privacy;

/// <summary>Everything that is held about a person and who looked at it, as a paper to read and as a file for another program.</summary>
/// <param name="Sections">What is held, kind by kind.</param>
/// <param name="Looks">Who looked or acted, the newest first.</param>
/// <param name="AtUtc">When it was read.</param>
internal sealed record DataFile(IReadOnlyList<HeldSection> Sections, IReadOnlyList<Look> Looks, DateTime AtUtc)
{
    private const string LooksTitle = "Siapa yang melihat atau mengubah";
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As a PDF.</summary>
    public byte[] ToPdf()
    {
        var lines = new List<BookLine>();
        foreach (var section in Sections)
        {
            lines.Add(BookLine.Total(section.Kind.Title, Note(section)));
            foreach (var row in section.Rows.Where(row => row.Values.Count > 0))
                lines.Add(BookLine.Of(row.Values[0].Text, string.Join("; ", row.Values.Skip(1).Select(value => $"{value.Title}: {value.Text}"))));
        }
        lines.Add(BookLine.Total(LooksTitle, Looks.Count == 0 ? "belum ada" : ""));
        lines.AddRange(Looks.Select(look => BookLine.Of(HeldReader.Moment(look.AtUtc), $"{look.Who} {look.What}")));
        var book = new Book("data-saya", "Data Saya", [$"Dibaca {HeldReader.Moment(AtUtc)} WIB"], [new("Bagian", 26), new("Isi", 74)], lines)
        {
            Notes = ["NIK dan NIP disamarkan di berkas ini; yang lengkap bisa dilihat di gerai dengan KTP.", "Keliru? Ketik betulkan data."],
        };
        return Pdf.Print(book, Wib.Day(AtUtc));
    }

    /// <summary>As JSON in UTF-8.</summary>
    public byte[] ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("dibaca_utc", AtUtc.ToString("O", CultureInfo.InvariantCulture));
            json.WriteStartObject("data");
            foreach (var section in Sections)
                Write(json, section);
            json.WriteEndObject();
            json.WriteStartArray("yang_melihat");
            foreach (var look in Looks)
            {
                json.WriteStartObject();
                json.WriteString("utc", look.AtUtc.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("siapa", look.Who);
                json.WriteString("apa", look.What);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, HeldSection section)
    {
        json.WriteStartObject(section.Kind.Title);
        json.WriteString("mengapa", section.Kind.Because);
        json.WriteNumber("jumlah", section.Count);
        json.WriteStartArray("isi");
        foreach (var row in section.Rows)
        {
            json.WriteStartObject();
            foreach (var (title, text) in row.Values)
                json.WriteString(title, text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Note(HeldSection section) => section.Count <= HeldReader.MaxRows || section.Kind.Columns.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{section.Count} catatan. {section.Kind.Because}.")
        : string.Create(CultureInfo.InvariantCulture, $"{section.Count} catatan, {HeldReader.MaxRows} terbaru di sini. {section.Kind.Because}.");
}

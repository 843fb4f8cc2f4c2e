using System.Text.Json;
using KkmpBot.Payments;

namespace KkmpBot.Tests.Payments;

/// <summary>QRIS codes against verified vectors: published examples, one of another country, and one made up for the tests.</summary>
public sealed class QrisTests
{
    private static readonly JsonElement Vectors =
        JsonDocument.Parse(File.ReadAllText(Repository.Folder("tests/KkmpBot.Tests/Payments/qris-vectors.json"))).RootElement;

    public static TheoryData<string, string> Valid => Of("valid", row => (Text(row, "id"), Text(row, "payload")));

    public static TheoryData<string, string> Invalid => Of("invalid", row => (Text(row, "why"), Text(row, "payload")));

    public static TheoryData<string, long, string?, string> Dynamic
    {
        get
        {
            var data = new TheoryData<string, long, string?, string>();
            foreach (var row in Vectors.GetProperty("static_to_dynamic").EnumerateArray())
                data.Add(Payload(Text(row, "from")), row.GetProperty("amount").GetInt64(), row.TryGetProperty("ref_62_01", out var reference) ? reference.GetString() : null, Text(row, "expect"));
            return data;
        }
    }

    [Fact]
    public void The_checksum_is_the_one_of_the_standard() => Assert.Equal("29B1", Qris.Checksum("123456789"));

    [Theory]
    [MemberData(nameof(Valid))]
    public void Reads_what_is_well_formed_and_writes_it_back(string id, string payload)
    {
        var code = Qris.Parse(payload, out var problem);
        Assert.True(code is not null && problem == QrisProblem.None, $"{id}: {problem}");
        Assert.NotEmpty(code.Merchant);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Takes_no_code_that_a_cooperative_cannot_use(string why, string payload)
    {
        var code = Qris.Read(payload, out var problem);
        // A checksum in small letters is the one slip that is forgiven: scanners differ, and it is checked all the same.
        if (why.StartsWith("lowercase", StringComparison.Ordinal))
            Assert.Equal(QrisProblem.None, problem);
        else
            Assert.True(code is null && problem != QrisProblem.None, $"{why}: {problem}");
    }

    [Theory]
    [MemberData(nameof(Dynamic))]
    public void Fills_in_amount_and_bill_number(string payload, long rupiah, string? reference, string expected)
    {
        var code = Qris.Parse(payload, out _)!;
        Assert.Equal(expected, code.For(rupiah, reference));
        var filled = Qris.Parse(expected, out _)!;
        Assert.Equal((rupiah, reference), (filled.AmountRupiah, filled.BillNumber));
        Assert.Equal(QrisProblem.NotStatic, Problem(expected));
    }

    [Fact]
    public void A_value_that_looks_like_a_field_is_left_alone()
    {
        var body = "00020101021126100006A5802I52045411530336058" + "02ID5910TOKO 5802I6008SEMARANG6304";
        var code = Qris.Read(body + Qris.Checksum(body), out var problem);
        Assert.Equal((QrisProblem.None, "TOKO 5802I"), (problem, code!.Merchant));
        Assert.Equal("TOKO 5802I", Qris.Parse(code.For(1000, "K1-000001"), out _)!.Merchant);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0002")]
    [InlineData("99999999999999999999")]
    [InlineData("00020163040000")]
    [InlineData("halo, ini bukan QRIS")]
    public void Anything_else_is_no_code(string text) => Assert.NotEqual(QrisProblem.None, Problem(text));

    private static QrisProblem Problem(string text)
    {
        Qris.Read(text, out var problem);
        return problem;
    }

    private static string Payload(string id) =>
        Text(Vectors.GetProperty("valid").EnumerateArray().First(row => Text(row, "id").StartsWith(id, StringComparison.Ordinal)), "payload");

    private static TheoryData<string, string> Of(string name, Func<JsonElement, (string, string)> read)
    {
        var data = new TheoryData<string, string>();
        foreach (var (first, second) in Vectors.GetProperty(name).EnumerateArray().Select(read))
            data.Add(first, second);
        return data;
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}

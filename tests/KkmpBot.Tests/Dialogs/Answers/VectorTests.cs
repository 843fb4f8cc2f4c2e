using System.Globalization;
using System.Text.Json;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Tests.Dialogs.Answers;

public sealed class VectorTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    public static TheoryData<string, JsonElement> Money => Cases("money_idr");

    public static TheoryData<string, JsonElement> Quantities => Cases("quantity");

    public static TheoryData<string, JsonElement> Phones => Cases("phone");

    public static TheoryData<string, JsonElement> Niks => Cases("nik");

    public static TheoryData<string, JsonElement> Nips => Cases("nip");

    [Theory]
    [MemberData(nameof(Money), DisableDiscoveryEnumeration = true)]
    public void Money_is_read_or_left_unclear(string text, JsonElement vector)
    {
        long? expected = vector.GetProperty("out") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
        Assert.Equal(expected, RupiahReader.Read(text));
    }

    [Theory]
    [MemberData(nameof(Quantities), DisableDiscoveryEnumeration = true)]
    public void Quantities_are_read_with_their_unit(string text, JsonElement vector)
    {
        var unit = vector.GetProperty("unit").GetString();
        var expected = (vector.GetProperty("qty").GetDecimal(), unit is null || unit.EndsWith('?') ? null : unit);
        Assert.Equal(expected, QuantityReader.Read(text));
    }

    [Theory]
    [MemberData(nameof(Phones), DisableDiscoveryEnumeration = true)]
    public void Phones_are_read_as_E164_or_named(string text, JsonElement vector)
    {
        var expected = vector.GetProperty("out").GetString()!;
        var phone = PhoneReader.Read(text);
        var read = phone.Problem switch
        {
            null => phone.E164,
            "phone_landline" => "LANDLINE:" + phone.E164,
            "phone_bad_prefix" => $"BAD_PREFIX_{text[1..3]}",
            var problem => problem["phone_".Length..].ToUpperInvariant(),
        };
        Assert.Equal(expected, read);
    }

    [Theory]
    [MemberData(nameof(Niks), DisableDiscoveryEnumeration = true)]
    public void Niks_are_read_warned_of_or_named(string text, JsonElement vector)
    {
        var result = Nik.Read(text, Today);
        var read = result switch
        {
            { Problem: "nik_date" } => "BAD_DATE",
            { Problem: "nik_sequence" } => "BAD_SEQ",
            { Problem: "nik_region" } => "BAD_REGION",
            { Problem: "nik_length" } => "BAD_LEN",
            { Problem: "nik_characters" } => "BAD_CHARS",
            { Nik.RegionUnknown: true } => "WARN_REGION",
            { Nik.UnderKtpAge: true } => "UNDER_17",
            _ => "OK",
        };
        Assert.Equal(vector.GetProperty("out").GetString(), read);
        if (read != "OK")
            return;
        var nik = result.Nik!;
        Assert.Equal(Said(vector, "kec") ?? nik.District, nik.District);
        Assert.Equal(Said(vector, "sex") ?? Letter(nik.Sex), Letter(nik.Sex));
        Assert.Equal(Said(vector, "dob") ?? Day(nik.BirthDate), Day(nik.BirthDate));
        Assert.Equal(Said(vector, "normalised") ?? nik.Digits, nik.Digits);
    }

    [Theory]
    [MemberData(nameof(Nips), DisableDiscoveryEnumeration = true)]
    public void Nips_are_read_or_named(string text, JsonElement vector)
    {
        var result = Nip.Read(text, Today);
        var read = result.Problem switch
        {
            null => result.Nip!.Kind.ToString().ToUpperInvariant(),
            "nip_birth_date" => "BAD_DOB",
            "nip_appointment" => "BAD_TMT",
            "nip_sex" => "BAD_SEX",
            "nip_age" => "BAD_AGE",
            "nip_old" => "OLD_9_DIGIT",
            "nip_length" => "BAD_LEN",
            var other => other,
        };
        Assert.Equal(vector.GetProperty("out").GetString(), read);
        if (result.Nip is not { } nip)
            return;
        Assert.Equal(Said(vector, "dob") ?? Day(nip.BirthDate), Day(nip.BirthDate));
        Assert.Equal(Said(vector, "tmt") ?? Month(nip), Month(nip));
        Assert.Equal(Said(vector, "contract_code") ?? Code(nip), Code(nip));
        Assert.Equal(Said(vector, "sex") ?? Letter(nip.Sex), Letter(nip.Sex));
        Assert.Equal(Said(vector, "seq") ?? nip.Sequence, nip.Sequence);
        Assert.Equal(Said(vector, "normalised") ?? nip.Digits, nip.Digits);
    }

    private static TheoryData<string, JsonElement> Cases(string section)
    {
        var cases = new TheoryData<string, JsonElement>();
        foreach (var vector in Fixture.Vectors(section).EnumerateArray())
            cases.Add(vector.GetProperty("in").GetString()!, vector);
        return cases;
    }

    private static string? Said(JsonElement vector, string name) => vector.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Letter(Sex sex) => sex == Sex.Male ? "M" : "F";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Month(Nip nip) => string.Create(CultureInfo.InvariantCulture, $"{nip.Year}-{nip.MonthOrCode:00}");

    private static string Code(Nip nip) => nip.MonthOrCode.ToString("00", CultureInfo.InvariantCulture);
}

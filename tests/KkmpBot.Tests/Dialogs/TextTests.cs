using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;

namespace KkmpBot.Tests.Dialogs;

/// <summary>Texts, their placeholders, and how values are written for people.</summary>
public sealed class TextTests
{
    private static readonly DialogType Line = DialogType.Record("line", ("name", DialogType.TextOf(10)), ("price", DialogType.Money));

    private static readonly NameScope Scope = new(
        new Dictionary<string, DialogType>
        {
            ["name"] = DialogType.TextOf(30),
            ["phone"] = DialogType.Phone,
            ["nik"] = DialogType.Nik,
            ["nip"] = DialogType.Nip,
            ["day"] = DialogType.Date,
            ["lines"] = DialogType.List("lines", Line, 5),
            ["none"] = DialogType.List("lines", Line, 5),
        },
        new Dictionary<string, DialogType>());

    private static readonly LiveNames Names = new(
        Scope,
        new Dictionary<string, Value>
        {
            ["name"] = new TextValue("Bu Ani"),
            ["phone"] = new TextValue("+6281234567890"),
            ["nik"] = new TextValue("3374015708900001"),
            ["nip"] = new TextValue("198608172010011001"),
            ["day"] = new DateValue(new DateOnly(2026, 11, 22)),
            ["none"] = new ListValue([]),
            ["lines"] = new ListValue(
            [
                RecordValue.Of(("name", new TextValue("beras")), ("price", new MoneyValue(14_000))),
                RecordValue.Of(("name", new TextValue("gula")), ("price", new MoneyValue(-500))),
            ]),
        },
        new Facts(new Dictionary<string, RecordValue>()));

    [Theory]
    [InlineData("Halo {name}!", "Halo Bu Ani!")]
    [InlineData("{{name}} } {{", "{name}} } {")]
    [InlineData("{phone} {nik} {nip}", "0812****7890 3374**********01 1986**************")]
    [InlineData("{phone:full}", "081234567890")]
    [InlineData("{day}, {day:long}", "22 Nov 2026, Minggu, 22 November 2026")]
    [InlineData("{each lines}• {name}: {price:rp}{end}\nJumlah", "• beras: Rp14.000\n• gula: -Rp500\nJumlah")]
    [InlineData("{each lines}\n- {name}\n{end}", "- beras\n- gula")]
    [InlineData("Isi:\n{each none}{name}{end}\nJumlah", "Isi:\nJumlah")]
    [InlineData("\n  Rapi. \n", "Rapi.")]
    public void Is_written(string text, string written) => Assert.Equal(written, TemplateRenderer.Render(Parse(text), Names, "id"));

    [Theory]
    [InlineData("{name")]
    [InlineData("{}")]
    [InlineData("{Name}")]
    [InlineData("{name.}")]
    [InlineData("{a.b.c.d.e.f}")]
    [InlineData("{each lines}{name}")]
    [InlineData("{name}{end}")]
    [InlineData("{each lines}{each lines}{end}{end}")]
    [InlineData("{each Lines}{end}")]
    public void Is_refused_with_a_reason(string text)
    {
        Assert.Null(TemplateParser.TryParse(text, default, out var problem));
        Assert.NotEmpty(problem!);
    }

    [Theory]
    [InlineData("Halo", 4)]
    [InlineData("{name}", 30)]
    [InlineData("{day:long}", 28)]
    [InlineData("{each lines}{name}{end}", 54)]
    [InlineData("{each lines}- {name} {price}{end}!", 155)]
    public void Its_widest_is_known(string text, int width) => Assert.Equal(width, TemplateWidth.Of(Parse(text), Scope));

    [Fact]
    public void Its_widest_holds_for_every_day_and_amount()
    {
        var widest = Enumerable.Range(0, 366).Max(i => Days.Long(new DateOnly(2024, 1, 1).AddDays(i), "id").Length);
        Assert.InRange(widest, 1, DialogType.Date.MaxWidth);
        Assert.InRange(Enumerable.Range(0, 366).Max(i => Days.Long(new DateOnly(2024, 1, 1).AddDays(i), "en").Length), 1, DialogType.Date.MaxWidth);
        Assert.InRange(Rupiah.Write(999_999_999_999).Length, 1, DialogType.Money.MaxWidth);
    }

    [Theory]
    [InlineData(0, "Rp0")]
    [InlineData(999, "Rp999")]
    [InlineData(12_500, "Rp12.500")]
    [InlineData(-12_500, "-Rp12.500")]
    [InlineData(1_000_000_000, "Rp1.000.000.000")]
    [InlineData(long.MinValue, "-Rp9.223.372.036.854.775.808")]
    public void Rupiah_have_dots_and_no_space(long rupiah, string written) => Assert.Equal(written, Rupiah.Write(rupiah));

    [Theory]
    [InlineData("0.5", "0,5")]
    [InlineData("2", "2")]
    [InlineData("2.000", "2")]
    [InlineData("1250.125", "1250,125")]
    public void Quantities_have_a_comma_and_no_idle_zeros(string amount, string written) =>
        Assert.Equal(written, ValueFormat.Quantity(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("+62811", "****")]
    [InlineData("+60123456789", "+601****6789")]
    public void A_phone_is_masked_whatever_its_length(string e164, string shown) => Assert.Equal(shown, Masks.Phone(e164));

    [Theory]
    [InlineData(" /Menu! ", "menu")]
    [InlineData("Beras,  5 kg", "beras 5 kg")]
    [InlineData("/menu@KkmpBot", "menu")]
    [InlineData("Jum'at", "jumat")]
    [InlineData("saté", "sate")]
    [InlineData("...", "")]
    public void Words_are_folded_into_one_form(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    private static Template Parse(string text)
    {
        var template = TemplateParser.TryParse(text, default, out var problem);
        Assert.True(template is not null, problem);
        return template;
    }
}

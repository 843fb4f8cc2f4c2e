using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Understanding;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Dialogs.Understanding;

public sealed class UnderstanderTests(ITestOutputHelper output)
{
    private static readonly Lexicon Lexicon = Lexicon.Load(Fixture.Path("dialogs/lexicon"), Fixture.Wards());
    private static readonly Understander Understander = new(Lexicon);

    [Theory]
    [InlineData("pesan bawang 1 kg", "bawang_merah bawang_putih")]
    [InlineData("harga cabe berapa", "cabai_rawit cabai_keriting")]
    [InlineData("tambah lombok 1 ons", "cabai_rawit cabai_keriting")]
    [InlineData("daftar anggota kel mangunharjo", "Mangunharjo (Tembalang)|Mangunharjo (Tugu)")]
    public void What_may_be_several_things_is_asked(string text, string candidates)
    {
        var understood = Understander.Understand(text);
        Assert.Equal(candidates.Split(candidates.Contains('|') ? '|' : ' '), understood.Doubt!.Candidates);
        Assert.True(understood.Confidence < Understood.Sure);
    }

    [Theory]
    [InlineData("katanya pns wajib daftar koperasi ya bu, saya tinggal di ungaran", "wajib", "outside")]
    [InlineData("pak sy asn pemkot ktp gedawang, wajib daftar ya?", "wajib", "inside")]
    [InlineData("asn wajib gabung kkmp ya pak?", "wajib", null)]
    [InlineData("saya p3k di kecamatan, wajib ikut koperasi?", "wajib", null)]
    [InlineData("apa bener pegawai negeri diharuskan jadi anggota koperasi kelurahan", "wajib", null)]
    [InlineData("aku wis pensiun pns, isih kudu daftar ora", "wajib", null)]
    [InlineData("apakah warga biasa harus jadi anggota koperasi?", "wajib", null)]
    [InlineData("suami saya guru pppk rumahnya demak, kudu melu koperasi ora to", "wajib", "outside")]
    [InlineData("saya pns, mau daftar jadi anggota", null, null)]
    [InlineData("mau daftar harus bawa apa", null, null)]
    [InlineData("saya harus daftar koperasi jatisari", null, "inside")]
    [InlineData("sy asn pengen gabung, wajib bawa ktp?", null, null)]
    public void Whether_one_has_to_join_is_a_question_and_no_wish_to_join(string text, string? asks, string? lives)
    {
        var understood = Understander.Understand(text);
        Assert.Equal(("join", asks, lives), (understood.Intent, understood.Asks, understood.Lives));
        Assert.Equal(asks is not null, Wishes.Of(understood).Contains("join.wajib"));
    }

    [Theory]
    [InlineData("tuku bawang seprapat kilo", "bawang_putih")]
    [InlineData("mundhut brambang setunggal kilo", "bawang_merah")]
    [InlineData("pesan lombok setan 1 kg", "cabai_rawit")]
    [InlineData("pesen minyak kita 2", "minyakita")]
    public void Javanese_names_of_goods(string text, string product)
    {
        var understood = Understander.Understand(text);
        Assert.Null(understood.Doubt);
        Assert.Equal(product, (string?)understood.Slots["items"]![0]!["product"]);
    }

    [Fact]
    public void The_json_line_has_the_names_of_the_file_and_explains_itself_on_request()
    {
        var understood = Understander.Understand("gula 1 kg setengah");
        Assert.Equal("""{"intent":"order","slots":{"items":[{"product":"gula","qty":1.5,"unit":"kg"}]},"confidence":0.95}""",
            understood.ToJson());
        using var explained = JsonDocument.Parse(understood.ToJson(explain: true));
        Assert.Contains("intents.yaml", explained.RootElement.GetProperty("why")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_understood_is_unsure_and_a_near_word_less_sure()
    {
        Assert.True(Understander.Understand("qwerty zxcvb").Confidence < Understood.Sure);
        Assert.True(Understander.Understand("pesan tepunk 1 kg").Confidence < Understander.Understand("pesan tepung 1 kg").Confidence);
    }

    [Fact]
    public void A_slip_between_two_goods_is_asked()
    {
        var own = new Understander(Lexicon.With(WordFile.Read("own.yaml", "products: { kedelai: [kedele], kedondong: [kedela] }")));
        Assert.Equal(["kedelai", "kedondong"], own.Understand("pesan kedelo 1 kg").Doubt!.Candidates);
    }

    [Fact]
    public void A_cooperative_adds_its_own_goods()
    {
        var own = new Understander(Lexicon.With(WordFile.Read("own.yaml",
            "products: { madu: [madu, madu randu] }\nbase_units: { botol: [madu] }")));
        Assert.Equal("madu", (string?)own.Understand("pesan madu randu 2 botol").Slots["items"]![0]!["product"]);
    }

    [Fact]
    public void What_sounds_like_our_goods_is_none_of_them_until_a_cooperative_sells_it()
    {
        Assert.Equal(["gula jawa"], Understander.Goods.Read("gula jawa 2 kg, telur 1 kg").Others);
        Assert.Equal(["telur"], Understander.Goods.Read("gula jawa 2 kg, telur 1 kg").Items.SelectMany(item => item.Goods));
        var own = new Understander(Lexicon.With(WordFile.Read("own.yaml", "products: { gula_jawa: [gula jawa] }\nbase_units: { kg: [gula_jawa] }")));
        Assert.Empty(own.Goods.Read("gula jawa 2 kg").Others);
        Assert.Equal(["gula_jawa"], Assert.Single(own.Goods.Read("gula jawa 2 kg").Items).Goods);
    }

    [Fact]
    public void Every_amount_of_an_acting_sentence_is_in_its_slots()
    {
        foreach (var text in new[] { "pesan gula 37 kg", "tambah gula 37 kg", "setor wajib 37 ribu", "harga gula jadi 37.000",
            "kabari kalau gula di bawah 37rb", "stok gula masuk 37 kg" })
        {
            var understood = Understander.Understand(text);
            Assert.True(understood.Acts, text);
            Assert.Contains("37", understood.Slots.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_written_ever_throws()
    {
        var words = Lexicon.Entries.Select(entry => entry.Word).Distinct().Take(3000)
            .Concat(["12", "1/2", "0231", "Rp", "12rb", ".", ",", "-", "\n", "?", "\uD800", "👍", "5kg", "jan-mar", "a.n.", "@", ":",
                "999999999999999999999"]).ToArray();
        var sentences = Gen.ListOf(Gen.Elements(words)).Select(list => string.Join(' ', list));
        var texts = Gen.OneOf(sentences, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(texts.ToArbitrary(), IsRead));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("beras 5 kg ")]
    [InlineData("ga jadi ")]
    [InlineData("1/2,.-\n")]
    [InlineData("bawang lombok 12 rb ")]
    [InlineData("xqzwk ")]
    [InlineData("gula garam 1 ")]
    [InlineData("gula eh 2 jadi 3 bukan 4 ")]
    public void Ten_thousand_characters_do_no_harm(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length));
        var clock = Stopwatch.StartNew();
        Assert.True(IsRead(text));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalMilliseconds:0.0} ms"));
    }

    [Fact]
    public void The_time_for_a_sentence_is_printed()
    {
        var lines = File.ReadLines(Fixture.Path("tests/KkmpBot.Tests/Dialogs/Understanding/utterances-own.tsv")).Skip(1)
            .Select(line => line.Split('\t')[0]).ToList();
        foreach (var line in lines.Concat(lines))
            Understander.Understand(line);
        var clock = Stopwatch.StartNew();
        foreach (var line in lines)
            Assert.NotNull(Understander.Understand(line).ToJson());
        output.Print(string.Create(CultureInfo.InvariantCulture, $"understanding: {clock.Elapsed.TotalMicroseconds / lines.Count:0} µs a sentence"));
    }

    private static bool IsRead(string text)
    {
        var understood = Understander.Understand(text);
        return Intents.All.Contains(understood.Intent) && understood.Confidence is > 0 and <= 1 &&
            understood.ToJson(explain: true).Length > 0;
    }
}

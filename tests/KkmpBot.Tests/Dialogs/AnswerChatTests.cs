namespace KkmpBot.Tests.Dialogs;

/// <summary>Answers to open questions, and what is no answer.</summary>
public sealed class AnswerChatTests
{
    private const string Profile = """
        dialog: profile
        version: 1
        title: "Data diri"
        memory: { phone: phone, birth: date, saved: money, sure: yes_no }
        initial: ask_phone
        states:
          ask_phone: { ask: "Nomor HP?", expect: { into: phone }, contact: true, next: ask_birth }
          ask_birth: { ask: "Tanggal lahir?", expect: { into: birth }, next: ask_saved }
          ask_saved: { ask: "Setor berapa?", expect: { into: saved, min: 10000, max: member.voluntary }, retry: "Antara Rp10.000 dan {member.voluntary:rp}.", next: confirm }
          confirm:
            ask: "{phone}, {birth:long}, {saved:rp}. Benar?"
            expect: { into: sure }
            next: [{ when: sure == true, to: bye }, { to: ask_phone }]
          bye: { say: "Tercatat: {phone:full}, {birth}, {sure}.", end: done }
        """;

    private readonly Market market = new();

    [Fact]
    public void Every_kind_is_read_and_written_for_people() => market.OpenWith(Profile).Play("""
        > data diri
        Nomor HP?
        (contact)
        > @contact +6281234567890
        Tanggal lahir?
        > 17-8-1990
        Setor berapa?
        > 5000
        Antara Rp10.000 dan Rp150.000.

        Setor berapa?
        > 25rb
        0812****7890, Jumat, 17 Agustus 1990, Rp25.000. Benar?
        [Ya] [Tidak]
        > mungkin
        Jawab ya atau tidak.

        0812****7890, Jumat, 17 Agustus 1990, Rp25.000. Benar?
        [Ya] [Tidak]
        > #no
        Nomor HP?
        (contact)
        > 0812 3456 7890
        Tanggal lahir?
        > 17 agustus 1990
        Setor berapa?
        > 150.000
        0812****7890, Jumat, 17 Agustus 1990, Rp150.000. Benar?
        [Ya] [Tidak]
        > ya
        Tercatat: 081234567890, 17 Agu 1990, ya.
        """);

    [Fact]
    public void A_finer_phrase_explains_when_there_is_one()
    {
        market.Files["phrases.yaml"] += "\nretry_phone_too_short: \"Nomornya kurang panjang.\"";
        var chat = market.OpenWith(Profile);
        chat.Send("data diri");
        Assert.Equal("Nomornya kurang panjang.\n\nNomor HP?\n(contact)", chat.Send("0812 3456"));
        Assert.Equal("Nomornya belum benar.\n\nNomor HP?\n(contact)", chat.Send("tidak punya"));
    }

    [Fact]
    public void The_own_number_where_none_was_asked_is_acknowledged() => market.Open().Play("""
        > @contact +6281234567890
        Nomor sudah terhubung.

        Ada yang bisa dibantu, Bu Ani?
        [Pesan sembako] [Simpanan]
        > 1
        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        > @contact +6281234567890
        Nomor sudah terhubung.

        Mau pesan apa, Bu Ani?
        [Beras medium: Rp14.000 / kg] [Gula pasir: Rp17.500 / kg]
        """);

    [Theory]
    [InlineData("/start")]
    [InlineData("/start promo123")]
    [InlineData("Halo...")]
    [InlineData("/menu@KkmpBot")]
    public void A_greeting_meets_the_menu_alone(string greeting) =>
        Assert.Equal("Ada yang bisa dibantu, Bu Ani?\n[Pesan sembako] [Simpanan]", market.Open().Send(greeting));

    [Theory]
    [InlineData("apa ini")]
    [InlineData("")]
    [InlineData("???")]
    [InlineData("7")]
    public void What_means_nothing_meets_the_menu_with_a_word(string text) =>
        Assert.Equal("Maaf, belum paham.\n\nAda yang bisa dibantu, Bu Ani?\n[Pesan sembako] [Simpanan]", market.Open().Send(text));

    [Fact]
    public void A_picture_or_an_old_button_with_nothing_open_meets_the_menu()
    {
        Assert.StartsWith("Maaf, saya belum bisa membaca foto.\n\nAda yang", market.Open().Send("@photo"), StringComparison.Ordinal);
        Assert.StartsWith("Tombol itu sudah tidak berlaku.\n\nAda yang", market.Open().Send("#cash"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dialog_opens_by_its_word_with_more_behind_it()
    {
        Assert.StartsWith("Mau pesan apa", market.Open().Send("pesan beras 5 kilo"), StringComparison.Ordinal);
        Assert.StartsWith("Mau pesan apa", market.Open().Send("Pesan sembako"), StringComparison.Ordinal);
        Assert.StartsWith("Maaf, belum paham.", market.Open().Send("pesanan saya"), StringComparison.Ordinal);
    }
}

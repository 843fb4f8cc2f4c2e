using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Dialogs;

/// <summary>The same dialogs in the language of the person.</summary>
public sealed class LanguageTests
{
    [Fact]
    public void A_conversation_is_held_in_its_language_and_otherwise_in_Indonesian()
    {
        var market = new Market();
        market.Files["translations/en.yaml"] = BrokenDialogsTests.WithTheRest("""
            menu:
              title: "Main menu"
              show.say: "How can I help, {member.nickname}?"

            """);
        var chat = market.Open();
        chat.State = ConversationState.Empty with { Language = "en" };
        Assert.StartsWith("How can I help, Bu Ani?", chat.Send("main menu please"), StringComparison.Ordinal);
        chat.State = chat.State with { Language = "jv" };
        Assert.StartsWith("Ada yang bisa dibantu", chat.Send("halo"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_opens_its_dialog_whatever_language_it_is_said_in()
    {
        var market = new Market();
        Assert.DoesNotContain("Ada yang bisa dibantu", market.Open().Send("main menu please").Split('\n')[0], StringComparison.Ordinal);
        market.Files["translations/en.yaml"] = BrokenDialogsTests.WithTheRest("""
            menu:
              title: "Main menu"
              show.say: "How can I help, {member.nickname}?"

            """);
        Assert.StartsWith("Ada yang bisa dibantu", market.Open().Send("main menu please"), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_and_yes_are_written_in_English_where_English_is_spoken()
    {
        var type = DialogType.Date;
        var day = new DateValue(new DateOnly(2026, 8, 17));
        Assert.Equal("Monday, 17 August 2026", KkmpBot.Dialogs.Texts.ValueFormat.Write(type, day, "long", "en"));
        Assert.Equal("17 Aug 2026", KkmpBot.Dialogs.Texts.ValueFormat.Write(type, day, null, "en"));
        Assert.Equal("yes", KkmpBot.Dialogs.Texts.ValueFormat.Write(DialogType.YesNo, new YesNoValue(true), null, "en"));
    }

    [Fact]
    public void A_notice_is_written_with_its_values()
    {
        var chat = new Market().Open();
        var values = RecordValue.Of(("order_no", new TextValue("0007")), ("total", new MoneyValue(70_000)));
        Assert.Equal("Pesanan 0007 siap diambil: Rp70.000.", chat.Machine.Phrase("order_ready", "id", values, chat.Context));
        Assert.Throws<ArgumentException>(() => chat.Machine.Phrase("nothing", "id", null, chat.Context));
    }
}

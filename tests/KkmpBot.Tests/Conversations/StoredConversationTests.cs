using System.Text.Json;
using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Tests.Data;

namespace KkmpBot.Tests.Conversations;

public sealed class StoredConversationTests
{
    [Fact]
    public void Keeps_what_a_sentence_said_and_what_it_was_asked_about()
    {
        var heard = new Dictionary<string, string> { ["choose_product"] = "", ["ask_price"] = "Rp28500" };
        var frame = new Frame("stock", 2, "choose_act", new Dictionary<string, Value>(), 0, [], 0, TestDatabase.Now) { Heard = heard };
        var state = ConversationState.Empty with { Frames = [frame], Offered = [new Option("start:order", "Pesan sembako")], OfferedFor = "beras" };

        var read = StoredConversation.Open(TestDatabase.OneVault, new StoredConversation(state, []).Seal(TestDatabase.OneVault)).State;

        Assert.Equal(JsonSerializer.Serialize(state), JsonSerializer.Serialize(read));
    }
}

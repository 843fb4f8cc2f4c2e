using KkmpBot.Catalog;
using KkmpBot.Channels;
using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Model;
using KkmpBot.Operations;
using KkmpBot.Tests.Dialogs.Understanding;
using Xunit.Abstractions;

namespace KkmpBot.Tests.Conversations;

/// <summary>Nothing is ordered, booked or sent on a misreading: what a sentence says is always confirmed by the person, in numbers.</summary>
public sealed class SentenceSafetyTests(ITestOutputHelper output)
{
    // All that a sentence may set off by itself: they look something up, price it, or put it into a cart that is confirmed later.
    private static readonly HashSet<string> Harmless =
    [
        "catalog.articles", "catalog.find", "catalog.in_stock", "cooperatives.find", "cooperatives.get", "cooperatives.mine",
        "members.membership", "members.pending", "members.read_address", "members.read_name", "members.check_nik", "members.show_application",
        "orders.cart_products", "orders.find_to_hand_over", "orders.hear", "orders.hear_kind", "orders.may_buy", "orders.mine", "orders.prepare", "orders.put", "orders.show",
        "orders.show_cart", "orders.show_to_hand_over", "orders.to_hand_over", "orders.clear", "orders.remove", "prices.quote", "prices.show", "prices.today", "savings.entries",
        "savings.find_payer", "savings.overview", "savings.quote", "savings.quote_pokok", "savings.quote_wajib", "savings.quote_departure", "waste.show", "words.may_learn", "words.misses",
        "alerts.prepare_price", "alerts.prepare_change", "alerts.prepare_stock", "alerts.in_market",
        // Whoever says stop is obeyed at once, and told how to come back.
        "news.stop",
        // An alert that is paused or removed is had again by saying so.
        "alerts.pause", "alerts.remove",
        "privacy.quote_erasure",
        // A draft that was never sent loses its picture.
        "announcements.begin",
    ];

    private const int MostQuestions = 6;

    // Each begins with a word that alone is a yes.
    private static readonly string[] MoreThanYes =
    [
        "jadi 2 kg aja", "ya 3 kg", "iya telurnya 3 kg", "mau ubah", "mau tambah gula 1 kg", "mau ganti jam ambil", "bisa diantar", "bisa diantar ga", "ada gula",
        "boleh tambah gula", "siap diambil kapan", "pas nya 3 kg", "ok besok sore", "sudah bayar tadi", "jadi batal",
    ];

    private static readonly DialogFlow[] Opened = [.. TestBot.OwnCatalog.Flows.Values.Where(flow => flow.Dialog.Opens.Any(IsActing))];

    public static TheoryData<string> Dialogs => new(Opened.Select(flow => flow.Dialog.Name));

    public static TheoryData<string> Intents => new(KkmpBot.Dialogs.Understanding.Intents.Acting);

    [Theory]
    [MemberData(nameof(Dialogs))]
    public void Every_act_follows_a_choice_that_no_sentence_makes(string name)
    {
        var flow = Opened.Single(flow => flow.Dialog.Name == name);
        var acts = flow.Dialog.States.Values.OfType<DoState>().Where(act => !Harmless.Contains(act.CapabilityName));
        foreach (var act in acts)
        {
            foreach (var ask in QuestionsBefore(flow, act.Name))
            {
                Assert.True(
                    ask.Choices is FixedChoices || flow.Dialog.Memory[ask.Into.Name].Type == DialogType.YesNo || !AnySentenceReaches(flow, ask.Name),
                    $"{name}: '{ask.Name}' leads to {act.CapabilityName} without the person having confirmed it");
                Assert.False(IsAnsweredTo(flow, ask, act.Name), $"{name}: a sentence answers '{ask.Name}', which leads to {act.CapabilityName}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Intents))]
    public async Task Every_sentence_of_an_acting_intent_is_confirmed_with_its_amounts(string intent)
    {
        await using var bot = await TestBot.StartAsync();
        var who = DemoData.PhoneOf(intent.StartsWith("officer_", StringComparison.Ordinal) ? "officer" : "member");
        await bot.TakeAsync(bot.Message(who, InboundKind.OwnContact, phone: who));
        var confirmed = 0;
        var world = new SaidWorld(bot);
        var shelf = await world.ShelfAsync();
        foreach (var text in UtteranceTests.AllLines().Where(line => line.Intent == intent).Select(line => line.Utterance))
        {
            await world.PrepareAsync(UtteranceTests.Understander.Understand(text));
            if (intent == "order_change")
                await bot.TakeAsync(bot.Message(who, InboundKind.Text, SaidWorld.InCart));
            confirmed += await IsConfirmedAsync(bot, who, text, shelf) ? 1 : 0;
            await bot.TakeAsync(bot.Message(who, InboundKind.Text, "batal"));
        }

        output.WriteLine($"{intent}: {confirmed} sentences led to a confirmation");
    }

    [Fact]
    public async Task Who_says_more_than_yes_at_a_confirmation_has_not_confirmed()
    {
        await using var bot = await TestBot.StartAsync();
        var who = DemoData.PhoneOf("member");
        await bot.TakeAsync(bot.Message(who, InboundKind.OwnContact, phone: who));
        foreach (var text in MoreThanYes)
        {
            await bot.TakeAsync(bot.Message(who, InboundKind.Text, "pesan telur 1 kg"));
            await bot.TakeAsync(bot.Message(who, InboundKind.Text, "lanjut pesan"));
            Assert.True(await bot.StandsAtAsync(who) is { } at && IsConfirmation(at), $"no confirmation to answer \"{text}\" at");
            var result = await bot.TakeAsync(bot.Message(who, InboundKind.Text, text));
            Assert.All(Called(result.Walked), name => Assert.True(Harmless.Contains(name), $"\"{text}\" was taken for a yes: {name}"));
            await bot.TakeAsync(bot.Message(who, InboundKind.Text, "batal"));
        }
    }

    // Answers whatever is still asked, until a confirmation: before it nothing may be done, and it has to repeat what was said.
    private static async Task<bool> IsConfirmedAsync(TestBot bot, string who, string text, IReadOnlyList<Product> shelf)
    {
        var message = bot.Message(who, InboundKind.Text, text);
        var heard = bot.Inbox[who].Count;
        for (var asked = 0; asked < MostQuestions; asked++)
        {
            var result = await bot.TakeAsync(message);
            Assert.Equal(TurnReceipt.Committed, result.Receipt);
            Assert.All(Called(result.Walked), name => Assert.True(Harmless.Contains(name), $"\"{text}\" called {name} before it was confirmed"));
            if (await bot.StandsAtAsync(who) is not { } at)
                return false;
            var reply = bot.Inbox[who][^1];
            if (IsConfirmation(at))
            {
                CheckAmounts(text, string.Join('\n', bot.Inbox[who].Skip(heard).Select(said => said.Text)), reply.Text, shelf);
                return true;
            }

            message = reply.Buttons.Count > 0
                ? bot.Message(who, InboundKind.Button, token: reply.Buttons[0].Token)
                : bot.Message(who, InboundKind.Text, "5000");
        }

        return false;
    }

    private static bool IsActing(Opening opening) =>
        KkmpBot.Dialogs.Understanding.Intents.Acting.Contains(opening.Wish.Split('.')[0]);

    private static IEnumerable<string> Called(IEnumerable<string> walked) => walked
        .Select(edge => edge.Split(": "))
        .Select(edge => TestBot.OwnCatalog.Dialogs[edge[0]].States.GetValueOrDefault(edge[1].Split(" -> ")[0]))
        .OfType<DoState>().Select(act => act.CapabilityName);

    // The questions whose answer leads to a state, through whatever only says or looks up.
    private static HashSet<AskState> QuestionsBefore(DialogFlow flow, string state)
    {
        var questions = new HashSet<AskState>();
        var open = new Stack<string>([state]);
        var seen = new HashSet<string>();
        while (open.TryPop(out var at))
        {
            foreach (var edge in flow.Edges.Where(edge => !edge.Target.LeavesDialog && edge.Target.Name == at))
            {
                if (edge.From is null)
                    Assert.Fail($"{flow.Dialog.Name} acts at its door");
                if (flow.Dialog.States[edge.From] is AskState ask)
                    questions.Add(ask);
                else if (seen.Add(edge.From))
                    open.Push(edge.From);
            }
        }

        return questions;
    }

    // An open question may lead to an act only where the person typed its answer: never where a sentence brought them and answered it.
    private static bool AnySentenceReaches(DialogFlow flow, string question) =>
        flow.Dialog.Opens.Any(opening => opening.Answers.Any(answer => answer.State == question));

    private static bool IsAnsweredTo(DialogFlow flow, AskState ask, string act) => flow.Dialog.Opens
        .SelectMany(opening => opening.Answers).Where(answer => answer.State == ask.Name)
        .Any(answer => answer.Literal is null || Leads(ask, answer.Literal) == act);

    private static string Leads(AskState ask, string pick) => (ask.Next.FirstOrDefault(line =>
        line.When is null || line.When is Comparison { Right: KeyOperand key, Comparator: Comparator.Equal } && key.Key == pick) ?? ask.Next[^1]).Target.Name;

    private static bool IsConfirmation((string Dialog, string State) at)
    {
        var flow = TestBot.OwnCatalog.Flows[at.Dialog];
        return flow.Dialog.States[at.State] is AskState { Choices: FixedChoices } && flow.Leaving[at.State].Any(edge =>
            flow.Dialog.States.GetValueOrDefault(edge.Target.Name) is DoState act && !Harmless.Contains(act.CapabilityName));
    }

    private static void CheckAmounts(string text, string told, string reply, IReadOnlyList<Product> shelf)
    {
        var understood = UtteranceTests.Understander.Understand(text);
        if (understood.Intent is "order" or "order_change")
        {
            var before = understood.Intent == "order" ? [] : shelf.Where(product => SaidWorld.ChangedGoods.Contains(product.Goods)).ToDictionary(product => product.Name, _ => Quantities.Milli);
            Assert.All(Amounts.Unsaid(understood, told, reply, shelf, before), unsaid => Assert.Fail($"\"{text}\" is confirmed with {unsaid}:\n{reply}"));
        }

        foreach (var amount in Amounts.Of(understood))
            Assert.True(reply.Contains(amount, StringComparison.Ordinal), $"\"{text}\" says {amount}, and is confirmed without it:\n{reply}");
    }
}

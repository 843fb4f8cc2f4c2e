using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Tests.Conversations;
using KkmpBot.Tests.Processes;

namespace KkmpBot.Tests.Simulation;

/// <summary>Somebody at the other end of the platform, with what they sent and what reached them.</summary>
/// <param name="address">Where they are.</param>
internal abstract class SimulatedPerson(string address)
{
    private int messages;

    public string Address { get; } = address;

    public List<SimulatedUpdate> Updates { get; } = [];

    public List<SimulatedDelivery> Deliveries { get; } = [];

    /// <summary>The platform hands them nothing while it is true.</summary>
    public bool HasBlocked { get; set; }

    /// <summary>Updates that the program has not acknowledged, oldest first.</summary>
    public IEnumerable<SimulatedUpdate> Waiting => Updates.Where(update => !update.IsAcknowledged);

    /// <summary>True when they may say something now.</summary>
    public abstract bool CanSpeak { get; }

    /// <summary>Says the next thing.</summary>
    public abstract void Speak();

    /// <summary>A message reached them for the first time.</summary>
    public abstract void Hear(OutboundMessage message);

    protected void Send(InboundKind kind, string? text = null, string? token = null, string? phone = null) =>
        Updates.Add(new SimulatedUpdate(new InboundMessage(
            "test", $"{Address}-{(++messages).ToString(CultureInfo.InvariantCulture)}", Address, kind, text, token, phone)));
}

/// <summary>Somebody with a purpose: says one thing, waits for its answer, and takes no other.</summary>
internal sealed class PurposefulPerson : SimulatedPerson
{
    private readonly IEnumerator<PersonStep?> purpose;
    private readonly string phone;
    private readonly List<OutboundMessage> heard = [];
    private string answer = "";

    private PurposefulPerson(string address, string phone, Func<PurposefulPerson, IEnumerable<PersonStep?>> purpose)
        : base(address)
    {
        this.phone = phone;
        this.purpose = purpose(this).GetEnumerator();
    }

    /// <summary>Turns that no update of theirs explains: being recognized by the number moves a conversation on by one.</summary>
    public int ExtraTurns { get; private set; }

    public bool IsMember { get; private set; }

    public int Placed { get; private set; }

    public int Cancelled { get; private set; }

    public int Deposits { get; private set; }

    /// <summary>What is being waited for; null when everything was heard.</summary>
    public string? WaitsFor { get; private set; }

    /// <summary>True between one errand and the next.</summary>
    public bool IsAtRest { get; private set; } = true;

    public override bool CanSpeak => WaitsFor is null;

    /// <summary>A resident who joins, and then orders, and cancels every other order.</summary>
    public static PurposefulPerson Resident(int i) =>
        new($"warga-{i}", $"+62813{i:00000000}", person => person.JoinAndOrder($"337414{1 + i:00}01900001"));

    /// <summary>The demo's officer, who takes deposits.</summary>
    public static PurposefulPerson Officer() => new("petugas", "+6281200000002", person => person.TakeDeposits());

    public override void Speak()
    {
        purpose.MoveNext();
        IsAtRest = purpose.Current is null;
        if (purpose.Current is not { } step)
            return;
        WaitsFor = step.Answer;
        if (step.SharesContact)
            Send(InboundKind.OwnContact, phone: phone);
        else if (step.Presses)
            Send(InboundKind.Button, token: ButtonOf(step.Text));
        else
            Send(InboundKind.Text, step.Text);
    }

    public override void Hear(OutboundMessage message)
    {
        heard.Add(message);
        if (WaitsFor is not null && purpose.Current!.IsAnsweredBy(message.Text))
        {
            WaitsFor = null;
            answer = message.Text;
        }
    }

    private IEnumerable<PersonStep?> JoinAndOrder(string nik)
    {
        foreach (var step in TelegramCity.Registration(nik))
            yield return step;
        IsMember = true;
        // The demo approves by itself after a while.
        while (!heard.Exists(message => message.Text.Contains("resmi menjadi anggota", StringComparison.Ordinal)))
            yield return null;
        while (true)
        {
            foreach (var step in TelegramCity.OrderOfSalt)
                yield return step;
            while (answer.Contains(TelegramCity.TimeIsTaken, StringComparison.Ordinal))
                yield return TelegramCity.OrderOfSalt[^1];
            Placed++;
            if (Placed % 2 == 0)
            {
                foreach (var step in TelegramCity.Cancellation(TelegramCity.NumberOf(answer)))
                    yield return step;
                Cancelled++;
            }
            yield return null;
        }
    }

    private IEnumerable<PersonStep?> TakeDeposits()
    {
        foreach (var step in TelegramCity.Greeting)
            yield return step;
        ExtraTurns++;
        while (true)
        {
            foreach (var step in TelegramCity.Deposit(Deposits))
                yield return step;
            Deposits++;
            yield return null;
        }
    }

    public override string ToString() => $"{Address} waits for '{WaitsFor}' after: {heard.LastOrDefault()?.Text}";

    private string ButtonOf(string label) =>
        heard.SelectMany(message => message.Buttons).LastOrDefault(button => button.Label == label)?.Token
        ?? throw new InvalidOperationException($"{Address} looks for the button '{label}' in vain; the last was: {heard[^1].Text}");
}

/// <summary>Somebody who says anything, several things at once, without waiting, and now and then wants to hear nothing more.</summary>
internal sealed class RestlessPerson(string address, HostileInput input) : SimulatedPerson(address)
{
    private const int MostAtOnce = 3;

    // In Indonesian, Javanese and English.
    private static readonly string[] Erased =
    [
        "Data Bapak/Ibu sudah dihapus", "di tempat kami sudah dihapus", "Data Bapak/Ibu sampun dipunbusek", "ing papan kula sampun dipunbusek",
        "Your data is deleted", "The chat that we kept is deleted",
    ];

    private IReadOnlyList<OutboundButton> buttons = [];

    public override bool CanSpeak => Waiting.Count() < MostAtOnce;

    /// <summary>True when they came upon the erasure of their data: what they had said before is gone then.</summary>
    public bool HasErased { get; private set; }

    public override void Speak()
    {
        if (input.OneIn(40))
            Turn(!HasBlocked);
        else if (buttons.Count > 0 && !input.OneIn(4))
            Send(InboundKind.Button, token: input.OneOf(buttons).Token);
        else
            Send(InboundKind.Text, input.OneIn(6) ? input.Text() : input.Sensible());
    }

    /// <summary>Blocks the bot, or allows it again.</summary>
    public void Turn(bool blocks)
    {
        HasBlocked = blocks;
        Send(blocks ? InboundKind.Blocked : InboundKind.Unblocked);
    }

    public override void Hear(OutboundMessage message)
    {
        if (message.Buttons.Count > 0)
            buttons = message.Buttons;
        HasErased |= Erased.Any(message.Text.Contains);
    }
}

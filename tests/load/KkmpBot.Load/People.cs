using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace KkmpBot.Load;

/// <summary>Somebody in the dialog; at most one message of theirs is under way.</summary>
internal sealed class Person(long number, int step)
{
    /// <summary>Chats begin here, so that their ids have as many digits as real ones.</summary>
    public const long FirstChat = 5_000_000_000;

    /// <summary>Chats from here on get bulk messages only.</summary>
    public const long FirstBulkChat = 9_000_000_000;

    public long Number { get; } = number;

    public long Chat => FirstChat + Number;

    /// <summary>Messages answered so far.</summary>
    public int Step { get; set; } = step;

    public long UpdateId { get; set; }

    public long PostedAt { get; set; }

    public bool IsAcknowledged { get; set; }

    public bool IsAnswered { get; set; }
}

/// <summary>
/// The people who talk and whose turn it is. A person goes on once their message was acknowledged and its reply has arrived; who has come
/// to the end of the dialog is replaced by somebody new, so that as many as at the start are always somewhere in it.
/// </summary>
internal sealed class People
{
    private readonly IReadOnlyList<DialogStep> dialog;
    private readonly Func<Person, bool>? stays;
    private readonly Dictionary<long, Person> byChat = [];
    private readonly Queue<Person> ready = new();
    private readonly Queue<Action<Person>> waiting = new();
    private readonly Lock gate = new();
    private long nextNumber;
    private long nextUpdate;

    /// <summary>Lines the people up.</summary>
    /// <param name="dialog">What they say.</param>
    /// <param name="first">The number of the first person.</param>
    /// <param name="count">How many.</param>
    /// <param name="stepOf">How far each is already.</param>
    /// <param name="firstUpdate">Update ids count up from here.</param>
    /// <param name="stays">True for who goes no further; null when all go on.</param>
    public People(IReadOnlyList<DialogStep> dialog, long first, int count, Func<long, int> stepOf, long firstUpdate, Func<Person, bool>? stays = null)
    {
        this.dialog = dialog;
        this.stays = stays;
        nextNumber = first + count;
        nextUpdate = firstUpdate;
        for (var number = first; number < first + count; number++)
            Join(new Person(number, stepOf(number)));
        Remaining = ready.Count;
    }

    public Meter Meter { get; } = new();

    /// <summary>Who has not come to where they stay.</summary>
    public int Remaining { get; private set; }

    /// <summary>Messages that were posted this long ago and have had no reply.</summary>
    public int Unanswered(TimeSpan age)
    {
        var before = Stopwatch.GetTimestamp() - (long)(age.TotalSeconds * Stopwatch.Frequency);
        lock (gate)
            return byChat.Values.Count(person => person.PostedAt != 0 && !person.IsAnswered && person.PostedAt < before);
    }

    /// <summary>What a person says now.</summary>
    public string Words(Person person) => dialog[person.Step].Say(person.Number);

    /// <summary>Hands out the next person, or remembers to whom the next one to come is given.</summary>
    public bool TryNext(Action<Person> later, [NotNullWhen(true)] out Person? person)
    {
        lock (gate)
        {
            if (ready.TryDequeue(out person))
            {
                Begin(person);
                return true;
            }

            waiting.Enqueue(later);
            return false;
        }
    }

    /// <summary>The server answered the post. Anything but 200 brings the same update again, as the platform would.</summary>
    public void Acknowledge(Person person, int status, Action<Person> again)
    {
        Action? go;
        lock (gate)
        {
            if (status != 200)
            {
                Meter.Refused++;
                again(person);
                return;
            }

            Meter.Acknowledged(person.PostedAt);
            person.IsAcknowledged = true;
            go = GoOn(person);
        }

        go?.Invoke();
    }

    /// <summary>A reply arrived at the platform.</summary>
    public void Receive(long chat, ReadOnlySpan<byte> body)
    {
        Action? go;
        lock (gate)
        {
            if (chat >= Person.FirstBulkChat)
            {
                var now = Stopwatch.GetTimestamp();
                Meter.BulkAt = (Meter.Bulk++ == 0 ? now : Meter.BulkAt.First, now);
                return;
            }

            if (!byChat.TryGetValue(chat, out var person) || person.IsAnswered || person.PostedAt == 0)
            {
                Meter.Unexpected++;
                return;
            }

            if (body.IndexOf(dialog[person.Step].Answer) < 0)
                Meter.Misread(person.Step, body);
            Meter.Replied(person.PostedAt);
            person.IsAnswered = true;
            go = GoOn(person);
        }

        go?.Invoke();
    }

    private void Begin(Person person)
    {
        person.UpdateId = nextUpdate++;
        person.IsAcknowledged = false;
        person.IsAnswered = false;
        person.PostedAt = Stopwatch.GetTimestamp();
    }

    // Inside the gate. The next person's post is begun outside of it.
    private Action? GoOn(Person person)
    {
        if (!person.IsAcknowledged || !person.IsAnswered)
            return null;
        person.Step++;
        person.PostedAt = 0;
        if (person.Step == dialog.Count)
        {
            byChat.Remove(person.Chat);
            Remaining--;
            if (stays is null)
                Join(new Person(nextNumber++, 0));
        }
        else if (stays?.Invoke(person) == true)
            Remaining--;
        else
            ready.Enqueue(person);
        if (ready.Count == 0 || !waiting.TryDequeue(out var post))
            return null;
        var next = ready.Dequeue();
        Begin(next);
        return () => post(next);
    }

    private void Join(Person person)
    {
        if (stays?.Invoke(person) == true)
            return;
        byChat.Add(person.Chat, person);
        ready.Enqueue(person);
    }
}

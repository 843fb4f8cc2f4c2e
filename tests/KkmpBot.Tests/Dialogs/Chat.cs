using System.Globalization;
using System.Text.Json;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Tests.Dialogs;

/// <summary>
/// Plays a chat written as lines: <c>></c> what the person sends (<c>> #key</c> a button, <c>> @contact +62…</c> their number,
/// <c>> @photo</c> a picture), <c>~ 3h</c> time passing, and the lines the bot answers, with its buttons last as <c>[A] [B]</c>.
/// Before every message the conversation is written to JSON and read back.
/// </summary>
internal sealed class Chat(DialogMachine machine, Facts facts, IReadOnlyDictionary<string, Func<CapabilityCall, Outcome>> capabilities)
{
    public static readonly DateTime Start = new(2026, 11, 22, 3, 0, 0, DateTimeKind.Utc);

    public ConversationState State { get; set; } = ConversationState.Empty;

    public DialogMachine Machine => machine;

    public DateTime UtcNow { get; private set; } = Start;

    public HashSet<string> Walked { get; } = [];

    public TurnContext Context => new(facts, UtcNow);

    public void Play(string script)
    {
        string? answer = null;
        var expected = new List<string>();
        foreach (var line in script.Split('\n').Select(line => line.Trim()).Append("~ 0m"))
        {
            if (line is not ['>' or '~', ..])
            {
                expected.Add(line);
                continue;
            }

            if (answer is not null)
            {
                Assert.Equal(string.Join('\n', expected).Trim(), Send(answer));
            }

            expected.Clear();
            answer = line[0] == '>' ? line[1..].Trim() : null;
            if (line[0] == '~')
            {
                UtcNow += Duration(line[1..].Trim());
            }
        }
    }

    /// <summary>Sends one line of a script and gives the reply as a script shows it.</summary>
    public string Send(string line) => Shown(Send(AnswerOf(line)));

    public Prompt Send(Answer answer)
    {
        State = JsonSerializer.Deserialize<ConversationState>(JsonSerializer.Serialize(State))!;
        var step = machine.Receive(State, answer, Context);
        while (step.Call is { } call)
        {
            step = machine.Resume(step, capabilities[call.Name](call), Context);
        }

        Walked.UnionWith(step.Walked);
        State = step.State;
        return step.Reply!;
    }

    public static string Shown(Prompt prompt)
    {
        var buttons = prompt.Options.Select(option => option.Detail is null ? $"[{option.Label}]" : $"[{option.Label}: {option.Detail}]");
        var contact = prompt.WantsContact ? "\n(contact)" : "";
        return (prompt.Text + "\n" + string.Join(' ', buttons)).Trim() + contact;
    }

    private static Answer AnswerOf(string line) => line switch
    {
        ['#', .. var key] => new PickAnswer(key),
        "@photo" => new UnreadableAnswer("unreadable_photo"),
        ['@', ..] when line.StartsWith("@contact ", StringComparison.Ordinal) => new ContactAnswer(line["@contact ".Length..]),
        _ => new TextAnswer(line),
    };

    private static TimeSpan Duration(string text) => text[^1] switch
    {
        'm' => TimeSpan.FromMinutes(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
        'h' => TimeSpan.FromHours(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
        _ => TimeSpan.FromDays(int.Parse(text[..^1], CultureInfo.InvariantCulture)),
    };
}

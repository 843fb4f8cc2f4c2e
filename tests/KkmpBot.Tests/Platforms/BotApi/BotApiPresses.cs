using System.Globalization;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>Button presses until the bot answers them; a second answer is refused as too old.</summary>
internal sealed class BotApiPresses
{
    private readonly Lock gate = new();
    private readonly HashSet<string> open = [];
    private long lastId = 2_153_487_650_938_475_612;

    public int Open
    {
        get
        {
            lock (gate)
            {
                return open.Count;
            }
        }
    }

    public string Begin()
    {
        lock (gate)
        {
            var id = (++lastId).ToString(CultureInfo.InvariantCulture);
            open.Add(id);
            return id;
        }
    }

    public BotApiAnswer Answer(string id)
    {
        lock (gate)
        {
            return open.Remove(id)
                ? BotApiAnswer.Ok(true)
                : BotApiAnswer.Error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
        }
    }
}

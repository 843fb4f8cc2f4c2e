namespace KkmpBot.Load;

/// <summary>
/// State to begin a run with: so many chats, spread evenly over the dialog, so that a run of seconds meets every step as often as any
/// other. Each contestant makes it by answering the messages itself; a run gets a copy.
/// </summary>
internal static class Prepared
{
    public const long FirstPerson = 1_000_000;

    /// <summary>Whoever writes first after a start; nobody of the others.</summary>
    public const long FirstCaller = 900_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>How many messages of a prepared person were answered.</summary>
    public static int StepOf(long person) => (int)(person % Registration.Steps.Count);

    /// <summary>Makes the state, or finds it made.</summary>
    /// <param name="contestant">Who answers.</param>
    /// <param name="api">The platform.</param>
    /// <param name="folder">Where it lies.</param>
    /// <param name="chats">How many people are in the dialog.</param>
    /// <param name="connections">How many posts at once.</param>
    /// <returns>False when it was made before, by this build: another one would have something to migrate at every start.</returns>
    public static async Task<bool> MakeAsync(Contestant contestant, LoopbackBotApi api, string folder, int chats, int connections)
    {
        var done = Path.Combine(folder, "prepared");
        if (File.Exists(done) && File.GetLastWriteTimeUtc(done) >= contestant.MadeUtc)
            return false;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        using var server = contestant.Start(folder, api, new Dictionary<string, string>(), out var port);
        await WalkAsync(contestant, api, port, chats, StepOf, connections);
        await server.StopAsync();
        await File.WriteAllTextAsync(done, "");
        return true;
    }

    /// <summary>Has people walk into the dialog and stay there.</summary>
    /// <param name="contestant">Who answers.</param>
    /// <param name="api">The platform.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="chats">How many people.</param>
    /// <param name="stepOf">How far each goes.</param>
    /// <param name="connections">How many posts at once.</param>
    public static async Task WalkAsync(Contestant contestant, LoopbackBotApi api, int port, int chats, Func<long, int> stepOf, int connections)
    {
        var people = new People(Registration.Steps, FirstPerson, chats, _ => 0, 1, person => person.Step >= stepOf(person.Number));
        api.People = people;
        using var stop = new CancellationTokenSource();
        using var limit = new CancellationTokenSource(Limit);
        for (var i = 0; i < connections; i++)
            new WebhookConnection(port, contestant.Path, people, stop.Token).Begin();
        while (people.Remaining > 0)
            await Task.Delay(20, limit.Token);
        await stop.CancelAsync();
        if (people.Meter.Wrong > 0)
            throw new InvalidOperationException($"{contestant.Name} says other words than expected: {people.Meter.FirstWrong}");
    }

    /// <summary>A copy for one run.</summary>
    /// <param name="prepared">What was made.</param>
    /// <param name="copy">Replaced.</param>
    public static void Copy(string prepared, string copy)
    {
        if (Directory.Exists(copy))
            Directory.Delete(copy, recursive: true);
        foreach (var file in Directory.GetFiles(prepared, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(prepared, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

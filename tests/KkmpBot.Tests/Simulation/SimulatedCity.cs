using System.Globalization;
using KkmpBot.Channels;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Members;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;

namespace KkmpBot.Tests.Simulation;

/// <summary>
/// A small city in virtual time on one thread, after TigerBeetle's VOPR: people, a platform, the program over a real SQLite file, and everything that
/// may go wrong, in an order that one seed decides. What happens is written to a trace, and the same seed gives the same trace.
/// </summary>
internal sealed class SimulatedCity : IAsyncDisposable
{
    private const int Residents = 6;
    private const int Restless = 4;
    private const int Night = 1_500;
    private const int LongestRecovery = 20_000;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kkmp-simulation-");
    private readonly Random random;
    private readonly Vault vault;
    private readonly DialogCatalog dialogs;
    private readonly List<SimulatedPerson> people = [];
    private readonly List<(SimulatedUpdate Update, WaitingTurn Turn)> inFlight = [];
    private readonly (int Weight, Action Act)[] acts;
    private SimulatedDatabase database;
    private SimulatedFaults faults;
    private SimulatedProcess? process;
    private int files;
    private string? copied;
    private bool isNight;

    private SimulatedCity(int seed, DialogCatalog dialogs)
    {
        this.dialogs = dialogs;
        random = new Random(seed);
        var key = new byte[32];
        random.NextBytes(key);
        vault = new Vault(key);
        Platform = new SimulatedPlatform(random, () => faults!, () => Lives, Trace.Note);
        people.AddRange(Enumerable.Range(0, Residents).Select(PurposefulPerson.Resident));
        people.Add(PurposefulPerson.Officer());
        var input = new HostileInput(random);
        people.AddRange(Enumerable.Range(0, Restless).Select(i => new RestlessPerson($"gelisah-{i}", input)));
        people.ForEach(Platform.Add);
        (database, faults) = Open(Path.Combine(folder.FullName, "0.db"));
        acts =
        [
            (30, Speak), (40, Deliver), (6, DeliverAgain), (40, RunTurns), (40, Send), (12, Mark), (3, Scan), (2, Renew), (20, Wait),
            (2, PlanDeath), (1, Die), (1, PlanFailure), (2, ChangePlatform),
        ];
    }

    public SimulationTrace Trace { get; } = new();

    public SimulatedPlatform Platform { get; }

    public SimulatedTime Time { get; } = new(Bench.StartUtc);

    public IReadOnlyList<SimulatedPerson> People => people;

    public SimulatedDatabase Database => database;

    public Vault Vault => vault;

    /// <summary>How often the program was started.</summary>
    public int Lives { get; private set; }

    /// <summary>Everything is prepared and the program runs.</summary>
    public static async Task<SimulatedCity> StartAsync(int seed)
    {
        var load = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary);
        var simulation = new SimulatedCity(seed, load.Catalog ?? throw new InvalidOperationException(string.Join('\n', load.Errors)));
        await simulation.database.MigrateAsync(CancellationToken.None);
        await using (var connection = await simulation.database.OpenAsync(CancellationToken.None))
        {
            await using var context = simulation.database.Context(connection);
            await DemoData.LoadAsync(context, simulation.vault, Bench.StartUtc, CancellationToken.None);
        }
        simulation.Restart();
        return simulation;
    }

    /// <summary>Lets so many things happen.</summary>
    public void Run(int steps)
    {
        for (var step = 1; step <= steps; step++)
        {
            if (step % Night == 0)
                isNight = true;
            if (isNight && people.OfType<PurposefulPerson>().All(person => person.IsAtRest))
                Sleep();
            Do(Choose());
        }
    }

    /// <summary>Nothing goes wrong any more and nobody says anything new; until everything is answered, sent and marked.</summary>
    public void Recover()
    {
        faults.Clear();
        Platform.Trouble = 0;
        foreach (var person in people.OfType<RestlessPerson>().Where(person => person.HasBlocked))
            person.Turn(blocks: false);
        isNight = true;
        Action[] all = [Finish, Deliver, RunTurns, Send, Mark, Scan, Renew, Wait];
        for (var step = 0; !IsQuiet(); step++)
        {
            Assert.True(step < LongestRecovery, $"It does not come to rest: {string.Join(", ", people.OfType<PurposefulPerson>().Where(person => !person.IsAtRest))}");
            Do(all[step % all.Length]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private bool IsQuiet() =>
        inFlight.Count == 0 && process!.Held == 0
        && people.TrueForAll(person => !person.Waiting.Any() && person is not PurposefulPerson { IsAtRest: false })
        && !IsLeft();

    // Who has applied is at rest meanwhile, and becomes a member only when the demo approves.
    private bool IsLeft()
    {
        using var connection = database.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT EXISTS (SELECT 1 FROM outbox WHERE status IN (0, 5)) OR EXISTS (SELECT 1 FROM timers WHERE kind = '{SubmitApplication.DemoApproval}')
            """;
        return (long)command.ExecuteScalar()! != 0;
    }

    private Action Choose()
    {
        var left = random.Next(acts.Sum(act => act.Weight));
        return acts.First(act => (left -= act.Weight) < 0).Act;
    }

    private void Do(Action act)
    {
        Trace.Begin(act.Method.Name);
        try
        {
            act();
        }
        catch (SimulatedDeath)
        {
            Trace.Note("died");
        }
        while (faults.IsDead)
            Restart();
    }

    private void Speak()
    {
        var able = people.Where(person => person.CanSpeak && !(isNight && person is PurposefulPerson { IsAtRest: true })).ToList();
        if (able.Count == 0)
            return;
        var person = able[random.Next(able.Count)];
        person.Speak();
        Trace.Note($"{person.Address} {person.Updates.LastOrDefault()?.Message.UpdateKey}");
    }

    // Who is on an errand ends it.
    private void Finish() => people.OfType<PurposefulPerson>().Where(person => person is { IsAtRest: false, CanSpeak: true }).ToList().ForEach(person => person.Speak());

    // Mostly the oldest of a person; what is delivered before an earlier one is delivered out of order.
    private void Deliver()
    {
        var waiting = people.ConvertAll(person => person.Waiting.Where(update => !update.IsInFlight).ToList());
        waiting.RemoveAll(updates => updates.Count == 0);
        if (waiting.Count == 0)
            return;
        var updates = waiting[random.Next(waiting.Count)];
        Hand(updates[random.Next(4) == 0 ? random.Next(updates.Count) : 0]);
    }

    private void DeliverAgain()
    {
        var updates = people[random.Next(people.Count)].Updates;
        if (updates.Count > 0)
            Hand(updates[Math.Max(0, updates.Count - 1 - random.Next(20))]);
    }

    private void Hand(SimulatedUpdate update)
    {
        Trace.Note(update.Message.UpdateKey);
        if (process!.Take(update.Message) is not { } turn)
            return;
        update.IsInFlight = true;
        inFlight.Add((update, turn));
    }

    private void RunTurns()
    {
        process!.RunTurns();
        foreach (var (update, turn) in inFlight.Where(waiting => waiting.Turn.Receipt.IsCompleted).ToList())
        {
            inFlight.Remove((update, turn));
            update.IsInFlight = inFlight.Exists(other => other.Update == update);
            var receipt = turn.Receipt.Result;
            Trace.Note($"{update.Message.UpdateKey} {receipt}");
            // What a dead process would have answered nobody hears.
            update.IsAcknowledged |= !faults.IsDead && receipt is TurnReceipt.Committed or TurnReceipt.Duplicate;
        }
    }

    private void Send()
    {
        for (var most = random.Next(1, 8); most > 0 && process!.SendNext(); most--) { }
    }

    private void Mark() => Trace.Note($"{process!.WriteMarks()}");

    private void Scan() => Trace.Note($"{process!.Scan()}");

    private void Renew()
    {
        try
        {
            process!.RenewLeases();
        }
        catch (Exception failure) when (DatabaseFailure.Is(failure))
        {
            Trace.Note("not renewed");
        }
    }

    private void Wait()
    {
        Time.Advance(TimeSpan.FromMilliseconds(random.Next(random.Next(10) == 0 ? 5_000 : 200)));
        Trace.Note(Time.UtcNow.ToString("O", CultureInfo.InvariantCulture));
    }

    private void Sleep()
    {
        Time.Advance(TimeSpan.FromHours(random.Next(8, 90)));
        isNight = false;
        Trace.Begin("a night");
    }

    private void PlanDeath() => faults.UntilDeath ??= random.Next(60);

    private void Die()
    {
        faults.UntilDeath = 0;
        faults.Pass();
    }

    private void PlanFailure()
    {
        switch (random.Next(3))
        {
            case 0:
                faults.BusyTransactions = random.Next(1, 4);
                break;
            case 1:
                faults.WritesOnFullDisk = random.Next(1, 8);
                break;
            default:
                faults.UnknownCommits = 1;
                break;
        }
        Trace.Note($"{faults.BusyTransactions} {faults.WritesOnFullDisk} {faults.UnknownCommits}");
    }

    private void ChangePlatform() => Platform.Trouble = random.Next(3) == 0 ? random.Next(50) : 0;

    private (SimulatedDatabase Database, SimulatedFaults Faults) Open(string path)
    {
        var fresh = new SimulatedFaults(CopyPerhaps);
        return (new SimulatedDatabase(path, fresh), fresh);
    }

    // A power cut leaves the files as they are; a kill lets the machine close them.
    private void CopyPerhaps()
    {
        copied = null;
        if (random.Next(2) == 0)
            return;
        copied = Path.Combine(folder.FullName, $"{(++files).ToString(CultureInfo.InvariantCulture)}.db");
        foreach (var end in new[] { "", "-wal" })
        {
            if (File.Exists(database.Path + end))
                File.Copy(database.Path + end, copied + end);
        }
    }

    private void Restart()
    {
        process?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        inFlight.ForEach(waiting => waiting.Update.IsInFlight = false);
        inFlight.Clear();
        var old = database.Path;
        (database, faults) = Open(copied ?? old);
        if (copied is not null)
            new List<string> { old, $"{old}-wal", $"{old}-shm" }.ForEach(File.Delete);
        copied = null;
        process = new SimulatedProcess(database, vault, dialogs, Platform, Time);
        Lives++;
        Trace.Note($"life {Lives}");
        process.Start();
    }
}

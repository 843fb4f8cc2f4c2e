namespace KkmpBot.Tests.Processes.Crashes;

/// <summary>Many people who talk at once, each as fast as they are answered: residents who join, order and cancel, and an officer who takes deposits.</summary>
internal sealed class Crowd(TelegramCity city)
{
    /// <summary>Residents who talk at the same time; whoever is done goes and another comes.</summary>
    public const int AtOnce = 24;

    private const int OrdersEach = 3;
    private const string OfficerPhone = "6281200000002";
    private readonly List<CrashPerson> people = [];
    private readonly List<Task> talks = [];
    private volatile bool isClosing;

    /// <summary>Everybody who ever came.</summary>
    public IReadOnlyList<CrashPerson> People
    {
        get { lock (people) return [.. people]; }
    }

    /// <summary>What they all said so far.</summary>
    public int Updates => People.Sum(person => person.Updates);

    public void Start()
    {
        talks.Add(Task.Run(TakeDepositsAsync));
        talks.AddRange(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(JoinAndOrderAsync)));
    }

    /// <summary>Throws what somebody met.</summary>
    public async Task CheckAsync()
    {
        foreach (var failed in talks.Where(talk => talk.IsFaulted))
            await failed;
    }

    /// <summary>Everybody finishes what they are at; who is a member then leaves one order behind.</summary>
    public async Task FinishAsync()
    {
        isClosing = true;
        // The first who is stuck is enough to know.
        var open = talks.ToList();
        while (open.Count > 0)
        {
            var done = await Task.WhenAny(open);
            open.Remove(done);
            await done;
        }
    }

    private async Task JoinAndOrderAsync()
    {
        while (true)
        {
            var (person, i) = Add("Warga", i => $"62813{i:00000000}");
            await person.JoinAsync($"337414{1 + (i % 28):00}0190{1 + (i / 28):0000}");
            for (var orders = 0; orders < OrdersEach && !isClosing; orders++)
                await person.CancelAsync(await person.OrderAsync());
            if (!isClosing)
                continue;
            await person.OrderAsync();
            return;
        }
    }

    private async Task TakeDepositsAsync()
    {
        var (officer, _) = Add("Petugas", _ => OfficerPhone);
        await officer.TakeOfficeAsync();
        while (!isClosing)
            await officer.TakeDepositAsync();
    }

    private (CrashPerson Person, int Number) Add(string name, Func<int, string> phone)
    {
        lock (people)
        {
            var person = new CrashPerson(city.Api.AddPerson(name, phone(people.Count)));
            people.Add(person);
            return (person, people.Count - 1);
        }
    }
}

using System.CommandLine;
using KkmpBot.Load;

var runs = new Option<int>("--runs") { Description = "Interleaved runs of each bot", DefaultValueFactory = _ => 5 };
var chats = new Option<int>("--chats") { Description = "Chats, spread evenly over the dialog", DefaultValueFactory = _ => 10_000 };
var connections = new Option<int>("--connections") { Description = "Webhook connections", DefaultValueFactory = _ => 40 };
var seconds = new Option<double>("--seconds") { Description = "Seconds measured in a run", DefaultValueFactory = _ => 10 };
var warmUp = new Option<int>("--warm-up") { Description = "Turns before anything is counted", DefaultValueFactory = _ => 10_000 };
var fsyncDelay = new Option<double>("--fsync-delay") { Description = "Milliseconds added to every fsync", DefaultValueFactory = _ => 0 };
var against = new Option<string>("--against") { Description = "Peers: grammy,telegraf; empty for none", DefaultValueFactory = _ => "grammy" };
var folder = new Option<string>("--folder") { Description = "Where state goes, on the disk to be measured", Required = true };
var program = new Option<string>("--program") { Description = "The published service", Required = true };
var peers = new Option<string>("--peers") { Description = "The folder of the peers", Required = true };
var slowFsync = new Option<string>("--slow-fsync") { Description = "The library that slows fsync", Required = true };

var postgres = new Option<string>("--postgres") { Description = "Connection string of a PostgreSQL, for copies", DefaultValueFactory = _ => "" };

var root = new RootCommand("Measures the service beside bots that a user would pick instead.")
{
    runs, chats, connections, seconds, warmUp, fsyncDelay, against, folder, program, peers, slowFsync, postgres,
};
RunOptions Read(ParseResult parsed) => new()
{
    Runs = parsed.GetValue(runs),
    Chats = parsed.GetValue(chats),
    Connections = parsed.GetValue(connections),
    WarmUpTurns = parsed.GetValue(warmUp),
    Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
    FsyncDelay = parsed.GetValue(fsyncDelay),
    Folder = Path.GetFullPath(parsed.GetRequiredValue(folder)),
    Program = Path.GetFullPath(parsed.GetRequiredValue(program)),
    Peers = Path.GetFullPath(parsed.GetRequiredValue(peers)),
    Postgres = parsed.GetRequiredValue(postgres),
    SlowFsync = Path.GetFullPath(parsed.GetRequiredValue(slowFsync)),
    Against = parsed.GetRequiredValue(against).Split(',', StringSplitOptions.RemoveEmptyEntries),
};

void Add(Command command, Func<RunOptions, LoopbackBotApi, Task<bool>> run)
{
    command.SetAction(async parsed =>
    {
        using var api = new LoopbackBotApi();
        return await run(Read(parsed), api) ? 0 : 1;
    });
    if (command != root)
        root.Add(command);
}

foreach (var option in root.Options)
    option.Recursive = true;
Add(root, Comparison.RunAsync);
Add(new Command("members", "The service among 1,000 and among 1,000,000 members"), (options, api) => Comparison.RunAsync(options, 1000, 1_000_000, api));
Add(new Command("memory", "The service with 50,000 conversations in the middle of a dialog"), Scenarios.RunMemoryAsync);
Add(new Command("bulk", "The service handing over 100,000 bulk messages, alone and beside people"), Scenarios.RunBulkAsync);
Add(new Command("copies", "The service on SQLite, and as one and as three copies on PostgreSQL"), CopiesScenario.RunAsync);
var profile = new Command("profile", "What a turn costs inside the process, step by step");
profile.SetAction(async parsed => await TurnProfile.RunAsync(Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(folder)), "profile")));
root.Add(profile);
return await root.Parse(args).InvokeAsync();

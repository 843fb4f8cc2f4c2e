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

var root = new RootCommand("Measures the service beside bots that a user would pick instead.")
{
    runs, chats, connections, seconds, warmUp, fsyncDelay, against, folder, program, peers, slowFsync,
};
root.SetAction(async parsed =>
{
    var options = new RunOptions
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
        SlowFsync = Path.GetFullPath(parsed.GetRequiredValue(slowFsync)),
        Against = parsed.GetRequiredValue(against).Split(',', StringSplitOptions.RemoveEmptyEntries),
    };
    using var api = new LoopbackBotApi();
    return await Comparison.RunAsync(options, api) ? 0 : 1;
});
var profile = new Command("profile", "What a turn costs inside the process, step by step") { folder };
profile.SetAction(async parsed => await TurnProfile.RunAsync(Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(folder)), "profile")));
root.Add(profile);
return await root.Parse(args).InvokeAsync();

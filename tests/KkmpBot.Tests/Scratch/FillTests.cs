using System.Text.RegularExpressions;
using KkmpBot.Channels;
using KkmpBot.Operations;
using KkmpBot.Tests.Conversations;

namespace KkmpBot.Tests.Scratch;

public sealed class FillTests
{
    [Fact]
    public async Task Fill()
    {
        foreach (var file in Directory.EnumerateFiles("/tmp/fill", "*.yaml", SearchOption.AllDirectories))
        {
            var rel = Path.GetRelativePath("/tmp/fill", file);
            var t = Transcript.Parse(rel, await File.ReadAllTextAsync(file));
            await using var bot = await TestBot.StartAsync();
            var heard = new Dictionary<string, int>();
            var outp = new List<string>();
            var all = File.ReadAllLines(file);
            outp.AddRange(all.TakeWhile(l => !l.StartsWith("chat:")));
            outp.Add("chat:");
            string address = "";
            OutboundMessage? last = null;
            List<OutboundMessage> Got() => bot.Inbox.GetValueOrDefault(address) ?? [];
            string Q(string s) => "\"" + string.Join(' ', Regex.Replace(s, @"\b\d{4}-[A-Z0-9]{4}\b|\b\d+-\d+-[2-9A-Z]{4}\b", "…").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
            void Read(string verb)
            {
                foreach (var m in Got().Skip(heard.GetValueOrDefault(address)))
                {
                    outp.Add($"  - {verb}: {Q(m.Text)}");
                    if (m.File is { } f) outp.Add($"  - file: {f.Name}");
                    if (verb == "bot") { last = m; outp.Add("  ### " + string.Join(" | ", m.Buttons.Select(b => b.Label))); }
                }
                heard[address] = Got().Count;
            }
            async Task Become(string who)
            {
                address = who.StartsWith("stranger", StringComparison.Ordinal) ? who : DemoData.PhoneOf(who);
                last = Got().LastOrDefault(m => m.Buttons.Count > 0);
                if (address == who || bot.Inbox.ContainsKey(address)) { if (address != who) Read("news"); return; }
                await bot.TakeAsync(bot.Message(address, InboundKind.OwnContact, phone: address));
                heard[address] = Got().Count;
            }
            try
            {
                await Become(t.As);
                foreach (var line in t.Lines)
                {
                    outp.Add($"  - {line.Verb}: {(line.Verb is "as" or "wait" or "send" ? line.Text : Q(line.Text))}");
                    switch (line.Verb)
                    {
                        case "as": await Become(line.Text); break;
                        case "user": await bot.TakeAsync(bot.Message(address, InboundKind.Text, line.Text)); Read("bot"); break;
                        case "pick":
                            var token = last?.Buttons.FirstOrDefault(b => b.Label == line.Text)?.Token ?? throw new InvalidDataException($"no button {line.Text}: {string.Join(" | ", last?.Buttons.Select(b => b.Label) ?? [])}");
                            await bot.TakeAsync(bot.Message(address, InboundKind.Button, token: token)); Read("bot"); break;
                        case "wait":
                            var n = double.Parse(line.Text[..^1]);
                            await bot.WaitAsync(line.Text[^1] switch { 'm' => TimeSpan.FromMinutes(n), 'h' => TimeSpan.FromHours(n), 'd' => TimeSpan.FromDays(n), _ => TimeSpan.FromSeconds(n) });
                            Read("news"); break;
                    }
                }
            }
            catch (Exception e) { outp.Add("### FAILED " + e.Message); }
            outp.AddRange(all.SkipWhile(l => !l.StartsWith("then:")));
            Directory.CreateDirectory(Path.GetDirectoryName($"/tmp/filled/{rel}")!);
            await File.WriteAllLinesAsync($"/tmp/filled/{rel}", outp);
            var to = Path.Combine(Repository.Folder("tests/conversations"), rel);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            await File.WriteAllLinesAsync(to, outp.Where(l => !l.StartsWith("  ###")));
        }
    }
}

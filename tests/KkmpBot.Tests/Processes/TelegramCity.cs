using KkmpBot.Tests.Data;
using KkmpBot.Tests.Platforms.BotApi;

namespace KkmpBot.Tests.Processes;

/// <summary>The real program in a process of its own, with a Bot API on loopback, an officer who is known to it and people who talk to it.</summary>
public sealed class TelegramCity : IAsyncDisposable
{
    /// <summary>How the message begins that shows how far an announcement is.</summary>
    public const string Progress = "Pengumuman \"";

    /// <summary>How the message begins that shows how an announcement ended.</summary>
    public const string Report = "Laporan pengumuman";

    private TelegramCity(BotApiEmulator api, BotProcess bot, TestDatabase data)
    {
        Api = api;
        Bot = bot;
        Data = data;
    }

    /// <summary>The database that the program works on.</summary>
    public TestDatabase Data { get; }

    public BotApiEmulator Api { get; }

    public BotProcess Bot { get; }

    /// <summary>Starts both.</summary>
    /// <param name="mode">polling or webhook.</param>
    /// <param name="more">Further settings on its database, named as in the environment.</param>
    public static async Task<TelegramCity> StartAsync(string mode, Func<TestDatabase, IReadOnlyDictionary<string, string>>? more = null)
    {
        var api = await BotApiEmulator.StartAsync(new BotApiOptions(SecondOfRetries: TimeSpan.FromMilliseconds(100)));
        var port = BotProcess.FreePort();
        var data = await TestDatabase.CreateEmptyAsync();
        var settings = new Dictionary<string, string>(data.Settings)
        {
            ["Telegram__Token"] = api.Token,
            ["Telegram__BaseUrl"] = api.BaseUrl,
            ["Telegram__Mode"] = mode,
            ["Telegram__WebhookSecret"] = "a-secret_of-the-test",
            ["PublicUrl"] = $"http://127.0.0.1:{port}",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["Demo__Enabled"] = "true",
            ["Demo__AutoApprove"] = "false",
        };
        foreach (var (name, value) in more?.Invoke(data) ?? new Dictionary<string, string>())
            settings[name] = value;
        var bot = await BotProcess.ServeAsync(settings);
        return new TelegramCity(api, bot, data);
    }

    /// <summary>What a resident does, as steps: each sends one update and is answered by a message that holds the expected words.</summary>
    public static IReadOnlyList<PersonStep> Registration(string nik) =>
    [
        new("/start", "Selamat datang"),
        new("Daftar anggota", "Sebelum mulai", Presses: true),
        new("Setuju", "nama lengkap", Presses: true),
        new("Mur _*[tini]()~<>&", "Itu belum seperti nama"),
        new("Murtini Handayani", "Berapa NIK"),
        new(nik, "Kelurahan apa"),
        new("jati sari", "Kelurahan Jatisari"),
        new("Ya", "RT dan RW", Presses: true),
        new("3/5", "Nomor HP"),
        new("", "ASN", SharesContact: true),
        new("Tidak", "Mohon diperiksa", Presses: true),
        new("Ya, kirim", "sudah diterima", Presses: true),
    ];

    /// <summary>The officer approves the newest applicant and takes the pokok.</summary>
    public static IReadOnlyList<PersonStep> Approval { get; } =
    [
        new("/start", "Selamat datang"),
        new("", "sudah saya kenali", SharesContact: true),
        new("pendaftar", "menunggu keputusan"),
        new("Murtini Handayani", "Bagaimana keputusannya", Presses: true),
        new("Setujui", "disetujui", Presses: true),
        new("Selesai", "Baik", Presses: true),
        new("terima", "Setoran dari siapa"),
        new("Murtini Handayani", "dipastikan orangnya"),
        new("Murtini Handayani", "Berapa uang", Presses: true),
        new("100rb", "sudah dihitung"),
        new("Ya, catat", "Tercatat", Presses: true),
    ];

    /// <summary>The member looks at the balance and orders two kinds of goods.</summary>
    public static IReadOnlyList<PersonStep> Order { get; } =
    [
        new("saldo", "Rp100.000"),
        new("pesan", "Mau pesan apa"),
        new("gula", "Mau berapa"),
        new("2", "Keranjang Bapak/Ibu"),
        new("Lanjut pesan", "Saya ulangi", Presses: true),
        new("Ya, sudah benar", "Nomor pesanan", Presses: true),
    ];

    /// <summary>A member orders a packet of salt; the last answer says the number after <see cref="NumberSaidAfter"/>.</summary>
    public static IReadOnlyList<PersonStep> OrderOfSalt { get; } =
    [
        new("pesan", "Mau pesan apa"),
        new("garam", "Mau berapa"),
        new("1", "Keranjang Bapak/Ibu"),
        new("Lanjut pesan", "Saya ulangi", Presses: true),
        new("Ya, sudah benar", NumberSaidAfter, Presses: true) { Or = TimeIsTaken },
    ];

    public const string NumberSaidAfter = "Nomor pesanan: ";

    /// <summary>Others were faster: the same step again takes the next time.</summary>
    public const string TimeIsTaken = "waktu ambil itu baru saja penuh";

    /// <summary>The number that the answer to an order says.</summary>
    public static string NumberOf(string answer) => answer.Split(NumberSaidAfter)[1].Split('\n')[0].Trim();

    /// <summary>The member cancels an order.</summary>
    public static IReadOnlyList<PersonStep> Cancellation(string number) =>
    [
        new("pesanan saya", "Mau lihat yang mana"),
        new(number, "menunggu diambil"),
        new("Batalkan pesanan ini", "dibatalkan?", Presses: true),
        new("Ya, batalkan", "sudah dibatalkan", Presses: true),
    ];

    /// <summary>Somebody with a known number makes themselves known.</summary>
    public static IReadOnlyList<PersonStep> Greeting { get; } = [new("/start", "Selamat datang"), new("", "sudah saya kenali", SharesContact: true)];

    // Members of the demo who are not in the chat. Nobody may pay for more than a hundred years, which one alone would reach in a long run.
    private static readonly string[] Payers = ["Slamet Hartono", "Slamet Riyadi", "Sri Wahyuni", "Siti Aminah", "Rina Hapsari"];

    /// <summary>The officer books a month's due of one of the demo's members, each in turn.</summary>
    /// <param name="earlier">How many deposits came before.</param>
    public static IReadOnlyList<PersonStep> Deposit(int earlier)
    {
        var payer = Payers[earlier % Payers.Length];
        return
        [
            new("terima", "Setoran dari siapa"),
            new(payer, "dipastikan orangnya"),
            new(payer, "berapa bulan", Presses: true),
            new("1", "sudah dihitung"),
            new("Ya, catat", "Tercatat", Presses: true),
            new("Selesai", "Baik", Presses: true),
        ];
    }

    /// <summary>Sends a step and waits for its answer.</summary>
    public async Task<BotMessage> WalkAsync(BotApiPerson person, PersonStep step)
    {
        Send(person, step);
        return await ReadAsync(person, step);
    }

    public static void Send(BotApiPerson person, PersonStep step)
    {
        if (step.SharesContact)
            person.ShareContact();
        else if (step.Presses)
            person.Press(step.Text);
        else
            person.SendText(step.Text);
    }

    public async Task<BotMessage> ReadAsync(BotApiPerson person, PersonStep step)
    {
        BotMessage reply;
        try
        {
            do
                reply = await person.WaitForReplyAsync(TimeSpan.FromSeconds(30));
            // How far an announcement is, and how it ended, comes to its writer between two answers.
            while (reply.Text.StartsWith(Progress, StringComparison.Ordinal) || reply.Text.StartsWith(Report, StringComparison.Ordinal));
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"'{step.Text}' was not answered.\n{string.Join('\n', Api.Violations)}\n{Bot.Output}", late);
        }
        Assert.True(reply.Text.Contains(step.Answer, StringComparison.Ordinal), $"'{step.Text}' was answered by: {reply.Text}");
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Api.DisposeAsync();
        await Data.DisposeAsync();
    }
}

/// <summary>One update of a person and the words its answer has to hold.</summary>
public sealed record PersonStep(string Text, string Answer, bool Presses = false, bool SharesContact = false)
{
    /// <summary>Words that may come instead, of those who talk among many; null for none.</summary>
    public string? Or { get; init; }

    public bool IsAnsweredBy(string text) =>
        text.Contains(Answer, StringComparison.Ordinal) || (Or is not null && text.Contains(Or, StringComparison.Ordinal));
}

using Microsoft.Playwright;

namespace KkmpBot.Browser;

/// <summary>Debian's Chromium, driven by Playwright; one for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // The places where Debian and Ubuntu put it; KKMP_CHROMIUM names another.
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        var place = Environment.GetEnvironmentVariable("KKMP_CHROMIUM") ?? Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException($"No Chromium at {string.Join(", ", Places)}: tests/run.sh installs it.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = place,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
        });
    }

    public Task<IBrowserContext> OpenAsync(Screen screen) => browser.NewContextAsync(new()
    {
        ViewportSize = new() { Width = screen.Width, Height = screen.Height },
        IsMobile = screen.IsPhone,
        HasTouch = screen.IsPhone,
        // The page allows its own scripts only; the accessibility rules are brought in from outside.
        BypassCSP = true,
        Locale = "id-ID",
    });

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>A size of screen that people have.</summary>
public sealed record Screen(string Name, int Width, int Height)
{
    public static Screen Phone { get; } = new("phone", 360, 740);

    public static Screen Desktop { get; } = new("desktop", 1280, 800);

    public bool IsPhone => Width < 600;

    public static Screen Of(string name) => name == Phone.Name ? Phone : Desktop;

    /// <summary>Keeps what is on the screen, for people to look at: artifacts/screens.</summary>
    public async Task ShootAsync(IPage page, string title)
    {
        var folder = Tests.Repository.Folder(Path.Combine("artifacts", "screens"));
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{title}-{Name}.png") });
    }
}

using System.Text.Json;
using Microsoft.Playwright;

namespace KkmpBot.Browser;

/// <summary>The rules of axe-core over the page as it stands.</summary>
public static class Accessibility
{
    private static readonly string Script = Tests.Repository.Folder("tests/browser/node_modules/axe-core/axe.min.js");

    /// <summary>The serious and critical findings: the rule, and where.</summary>
    public static async Task<IReadOnlyList<string>> FindSeriousAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var results = await page.EvaluateAsync<JsonElement>("async () => JSON.parse(JSON.stringify((await axe.run()).violations))");
        return
        [
            .. results.EnumerateArray()
                .Where(violation => violation.GetProperty("impact").GetString() is "serious" or "critical")
                .Select(violation => $"{violation.GetProperty("id")}: {violation.GetProperty("nodes")[0].GetProperty("html")}"),
        ];
    }
}

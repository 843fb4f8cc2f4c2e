using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Checks;
using KkmpBot.Dialogs.Flow;

namespace KkmpBot.Tests.Dialogs;

/// <summary>Loading a folder, and what is drawn and documented of it.</summary>
public sealed class CatalogTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dialogs");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_folder_is_read_with_its_officers_dialogs_and_translations()
    {
        var market = new Market();
        market.Files["officer/stock.yaml"] = "dialog: stock\nversion: 1\ntitle: Stok\ninitial: show\nstates:\n  show: { say: \"Stok.\", end: shown }\n";
        foreach (var (file, text) in market.Files)
            Write(file, text);
        Write("lexicon/units.yaml", "units: [kg]");

        var load = DialogCatalog.Load(folder.FullName, Market.Vocabulary);

        Assert.Empty(load.Errors);
        Assert.Equal(["handover", "menu", "order", "savings", "stock"], load.Catalog!.Dialogs.Keys.Order());
    }

    [Fact]
    public void All_mistakes_of_a_phase_are_reported_together_in_order()
    {
        var market = new Market();
        market.Files["order.yaml"] = market.Files["order.yaml"]
            .Replace("to: place }", "to: plase }", StringComparison.Ordinal)
            .Replace("catalog.in_stock", "catalog.in_stok", StringComparison.Ordinal)
            .Replace("{order_no} diterima", "{orderno} diterima", StringComparison.Ordinal);
        foreach (var (file, text) in market.Files)
            Write(file, text);
        var name = folder.Name;
        Assert.Equal(
            [
                $"{name}/order.yaml:13:22 D030 there is no list or capability 'catalog.in_stok'; did you mean 'catalog.in_stock'?",
                $"{name}/order.yaml:37:68 D011 there is no state 'plase'; did you mean 'place'?",
                $"{name}/order.yaml:44:18 D020 'orderno' is no slot, fact or field; did you mean 'order_no'?",
            ],
            DialogCatalog.Load(folder.FullName, Market.Vocabulary).Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void An_empty_folder_is_told_what_it_lacks() =>
        Assert.Equal(["D000", "D000"], DialogCatalog.Load(folder.FullName, Market.Vocabulary).Errors.Select(error => error.Code));

    [Fact]
    public void A_dialog_is_drawn() => Assert.Equal(
        """
        stateDiagram-v2
            s_request: request (handover.request)
            s_queued: queued
            [*] --> s_request
            s_request --> s_queued: queued
            s_queued --> [*]: queued

        """,
        DialogDrawing.Draw(new Market().Catalog().Dialogs["handover"]));

    [Fact]
    public void A_drawing_shows_conditions_guards_and_ways_out()
    {
        var drawn = DialogDrawing.Draw(new Market().Catalog().Dialogs["order"]);
        Assert.Contains("[*] --> s_not_member: not active_member\n", drawn, StringComparison.Ordinal);
        Assert.Contains("s_confirm --> s_choose_quantity: payment == change\n", drawn, StringComparison.Ordinal);
        Assert.Contains("s_choose_product --> s_nothing_left: empty\n", drawn, StringComparison.Ordinal);
        Assert.Contains("s_choose_product --> s_call_officer: give_up\n", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_lists_every_code()
    {
        var readme = File.ReadAllText(Repository.Folder("dialogs/README.md"));
        foreach (var (code, meaning) in CheckCodes.All)
            Assert.Contains($"| {code} | {meaning} |", readme, StringComparison.Ordinal);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

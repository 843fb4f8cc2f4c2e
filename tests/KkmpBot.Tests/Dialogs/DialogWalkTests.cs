using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Walking;
using KkmpBot.Operations;

namespace KkmpBot.Tests.Dialogs;

/// <summary><c>dialogs walk</c>: every path of a dialog, without a database.</summary>
public sealed class DialogWalkTests
{
    private static readonly DialogCatalog Own = DialogCatalog.Load(Repository.Folder("dialogs"), AllSlices.Create().Vocabulary).Catalog!;

    public static TheoryData<string> Names => new(Own.Dialogs.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_edge_of_our_dialogs_can_be_walked_and_every_question_can_end(string name)
    {
        var walk = DialogWalker.Walk(Own, name);
        Assert.True(walk.IsComplete, walk.Write());
        Assert.True(walk.Missing.Count == 0, walk.Write());
        Assert.True(walk.DeadEnds.Count == 0, walk.Write());
    }

    [Fact]
    public void The_report_tells_edges_dead_ends_and_the_longest_way()
    {
        var report = DialogWalker.Walk(new Market().Load().Catalog!, "order").Write();
        Assert.Contains("order: 10 states", report, StringComparison.Ordinal);
        Assert.Contains("edges: 13 of 13 walked", report, StringComparison.Ordinal);
        Assert.Contains("    order: confirm -> choose_quantity\n", report, StringComparison.Ordinal);
        Assert.Contains("dead ends: none", report, StringComparison.Ordinal);
        Assert.Contains("longest way to an end: 3 answers: choose_product -> ", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_that_no_answer_satisfies_is_a_dead_end()
    {
        var market = new Market();
        market.Files["order.yaml"] = market.Files["order.yaml"].Replace("min: 1, max: product.stock", "min: 10, max: 5", StringComparison.Ordinal);
        var walk = DialogWalker.Walk(market.Load().Catalog!, "order");
        Assert.Equal(["choose_quantity"], walk.DeadEnds);
        Assert.Contains("order: choose_quantity -> price", walk.Missing);
    }
}

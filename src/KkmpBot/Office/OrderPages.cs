using System.Globalization;
using KkmpBot.Auditing;
using KkmpBot.Cooperatives;
using KkmpBot.Members;
using KkmpBot.Office.Pages;
using KkmpBot.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>An order in the list.</summary>
/// <param name="Number">As people say it.</param>
/// <param name="Buyer">Name, or "Pembeli umum".</param>
/// <param name="Status">One of <see cref="OrderStatus"/>.</param>
/// <param name="TotalRupiah">What it costs.</param>
/// <param name="PlacedUtc">When it was placed.</param>
/// <param name="KeptUntilUtc">Until when it is kept.</param>
/// <param name="Payment">One of <see cref="PaymentWay"/>.</param>
public sealed record OrderLineView(string Number, string Buyer, string Status, long TotalRupiah, DateTime PlacedUtc, DateTime KeptUntilUtc, string Payment);

/// <summary>Orders, those that wait first.</summary>
/// <param name="Lines">A page of them.</param>
/// <param name="Status">Which status is shown.</param>
/// <param name="Before">The page goes on below this number; null at the end.</param>
public sealed record OrdersModel(IReadOnlyList<OrderLineView> Lines, string Status, int? Before);

/// <summary>The list of orders, paged by number, the youngest first.</summary>
internal static class OrderPages
{
    private const int PageLength = 50;

    /// <summary>The statuses in words.</summary>
    public static IReadOnlyList<(string Key, string Label)> Statuses { get; } =
    [
        (OrderStatus.Placed, "Menunggu"), (OrderStatus.HandedOver, "Diambil"), (OrderStatus.Cancelled, "Dibatalkan"), (OrderStatus.Expired, "Lewat waktu"),
    ];

    /// <summary>Shows a page of it.</summary>
    public static async Task ListAsync(OfficeCall call)
    {
        string status = Statuses.Select(row => row.Key).FirstOrDefault(key => key == call.Query("status")) ?? OrderStatus.Placed;
        int before = int.TryParse(call.Query("sebelum"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue;
        var rows = await (
            from order in call.Db.Set<Order>().AsNoTracking()
            where order.CooperativeId == call.CooperativeId && order.Status == status && order.Number < before
            join member in call.Db.Set<Member>() on order.MemberId equals member.Id into members
            from member in members.DefaultIfEmpty()
            orderby order.Number descending
            select new { order, Name = member == null ? null : member.FullName }).Take(PageLength + 1).ToListAsync(call.Gone);
        if (rows.Count > 0)
        {
            await call.InTurnAsync(async (turn, ct) =>
            {
                await Audit.RecordAsync(turn, "orders.list", string.Create(CultureInfo.InvariantCulture, $"orders:{rows.Count}"), ct);
                return true;
            });
        }
        var lines = rows.Take(PageLength).Select(row => new OrderLineView(
            RunningNumber.Text(row.order.Number!.Value), row.Name is null ? "Pembeli umum" : call.Vault.Open(row.Name), row.order.Status, row.order.TotalRupiah,
            row.order.PlacedUtc ?? row.order.ChangedUtc, row.order.KeptUntilUtc ?? row.order.ChangedUtc, row.order.Payment));
        await call.PageAsync<OrdersView, OrdersModel>("Pesanan", new OrdersModel([.. lines], status, rows.Count > PageLength ? rows[PageLength - 1].order.Number : null));
    }
}

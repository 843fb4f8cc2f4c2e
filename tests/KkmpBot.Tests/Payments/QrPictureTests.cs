using System.Diagnostics;
using KkmpBot.Channels;
using KkmpBot.Orders;
using KkmpBot.Payments;
using KkmpBot.Tests.Orders;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Payments;

/// <summary>The pictures that the bot sends, read back by another program: Debian's zbarimg (tests/install.sh).</summary>
[Trait("Category", "Process")]
public sealed class QrPictureTests
{
    [Fact]
    public async Task The_pick_up_code_is_read_back() =>
        Assert.Equal("0231-K7PX", await ReadAsync(PickupCode.Picture(231, "K7PX")));

    [Fact]
    public async Task The_qris_code_of_an_order_is_read_back_with_amount_and_reference()
    {
        await using var shop = await Shop.OpenAsync();
        var member = await shop.MemberAsync();
        var sugar = await shop.ArticleAsync("gula", 17_350, 10);
        await shop.TakesQrisAsync();
        await shop.PutAsync(member, sugar, "3");
        await shop.PayByAsync(member, PaymentWay.Qris);

        Assert.Equal("placed_qris", (await shop.PlaceAsync(member)).Name);

        var text = await ReadAsync(shop.LastTurn.Attached!);
        var code = Qris.Parse(text, out var problem)!;
        Assert.Equal((QrisProblem.None, 52_050, "K1-000001"), (problem, code.AmountRupiah!.Value, code.BillNumber));
        Assert.Equal("KKMP CONTOH JATISARI", code.Merchant);
        Assert.Equal("waiting", await shop.ReadAsync(turn => turn.Db.Set<Payment>().Select(row => row.Status).SingleAsync()));
    }

    private static async Task<string> ReadAsync(OutboundFile picture)
    {
        Assert.True(picture.IsPicture);
        var file = Path.Combine(Path.GetTempPath(), $"kkmp-qr-{Guid.NewGuid():N}.png");
        await File.WriteAllBytesAsync(file, picture.Bytes);
        try
        {
            using var zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            var text = await zbar.StandardOutput.ReadToEndAsync();
            await zbar.WaitForExitAsync();
            Assert.Equal(0, zbar.ExitCode);
            return text.TrimEnd('\n');
        }
        finally
        {
            File.Delete(file);
        }
    }
}

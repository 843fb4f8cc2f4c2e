using KkmpBot.Orders;

namespace KkmpBot.Tests.Orders;

/// <summary>The code that a member says at the counter.</summary>
public sealed class PickupCodeTests
{
    private const int Codes = 20_000;

    [Fact]
    public void Whatever_code_is_drawn_is_read_as_it_is_shown()
    {
        for (int number = 1; number <= Codes; number++)
        {
            var code = PickupCode.New();
            Assert.Equal((number, code), PickupCode.Read(PickupCode.Text(number, code)));
        }
    }
}

namespace KkmpBot.Orders;

/// <summary>The stages of an order, stored as text.</summary>
public static class OrderStatus
{
    /// <summary>A cart: nothing is reserved, prices are today's.</summary>
    public const string Draft = "draft";

    /// <summary>Reserved for the member at a fixed price until the pick-up deadline.</summary>
    public const string Placed = "placed";

    /// <summary>Fetched and paid.</summary>
    public const string HandedOver = "handed_over";

    /// <summary>Cancelled by the member; the goods are free again.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Not fetched in time; the goods are free again.</summary>
    public const string Expired = "expired";
}

/// <summary>Where an order comes from, stored as text.</summary>
public static class OrderSource
{
    /// <summary>A member's order in the chat.</summary>
    public const string Chat = "chat";

    /// <summary>A sale at the counter, fetched as it was made.</summary>
    public const string Counter = "counter";
}

/// <summary>How an order is paid, stored as text.</summary>
public static class PaymentWay
{
    /// <summary>Cash when it is fetched.</summary>
    public const string Cash = "cash";

    /// <summary>From simpanan sukarela, when it is placed.</summary>
    public const string Sukarela = "sukarela";

    /// <summary>From what the member was credited for waste, after it was placed.</summary>
    public const string Waste = "waste";

    /// <summary>QRIS, before it is fetched.</summary>
    public const string Qris = "qris";
}

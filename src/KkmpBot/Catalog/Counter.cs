using KkmpBot.Conversations;

namespace KkmpBot.Catalog;

/// <summary>Who may act at a cooperative's counter: every officer but the supervisor (the lurah), who only looks on.</summary>
public static class Counter
{
    /// <summary>The cooperative for which the caller may act at the counter; null for members, strangers and supervisors.</summary>
    /// <param name="caller">Who is talking.</param>
    public static int? CooperativeOf(Caller caller) => caller.OfficerRole is "chair" or "treasurer" or "warehouse" ? caller.CooperativeId : null;

    /// <summary>The cooperative whose counter the caller may look at: as above, and the supervisor's.</summary>
    /// <param name="caller">Who is talking.</param>
    public static int? SeenBy(Caller caller) => caller.OfficerRole is null ? null : caller.CooperativeId;
}

namespace KkmpBot.Papers;

/// <summary>A span of days that people choose by name.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record Period(DateOnly From, DateOnly To)
{
    /// <summary>The period of a choice: this_month, last_month, this_year or last_year. What is still to come is left out.</summary>
    /// <param name="choice">As dialogs name it.</param>
    /// <param name="today">Today, WIB.</param>
    public static Period Of(string choice, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return choice switch
        {
            "this_month" => new Period(month, today),
            "last_month" => new Period(month.AddMonths(-1), month.AddDays(-1)),
            "this_year" => new Period(year, today),
            "last_year" => new Period(year.AddYears(-1), year.AddDays(-1)),
            _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "There is no such period."),
        };
    }
}

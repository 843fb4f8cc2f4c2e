using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary>The people, goods and officers of the demo cooperative, Jatisari: the same at every load.</summary>
public static class DemoData
{
    /// <summary>What the start prints.</summary>
    public const string Greeting = "";

    /// <summary>The phone of a demo person by role.</summary>
    public static string PhoneOf(string role) => throw new NotSupportedException(role);

    /// <summary>True when the demo people are in the database.</summary>
    public static Task<bool> IsPresentAsync(KkmpDbContext db, Vault vault, CancellationToken ct) => Task.FromResult(false);

    /// <summary>Writes the demo.</summary>
    public static Task LoadAsync(KkmpDbContext db, Vault vault, DateTime utcNow, CancellationToken ct) => Task.CompletedTask;
}

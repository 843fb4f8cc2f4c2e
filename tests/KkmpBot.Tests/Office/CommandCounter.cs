using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KkmpBot.Tests.Office;

/// <summary>Counts the commands that Entity Framework sends to one database, whoever sends them.</summary>
internal sealed class CommandCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string place;
    private readonly List<IDisposable> subscriptions = [];
    private int count;

    public CommandCounter(string place)
    {
        this.place = place;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Count => count;

    /// <summary>How many commands a page takes.</summary>
    public static async Task<int> CountAsync(OfficeUnderTest office, OfficeBrowser browser, string path)
    {
        string place;
        await using (var connection = await office.Database.OpenAsync(CancellationToken.None))
            place = connection.ConnectionString;
        using var counter = new CommandCounter(place);
        using var page = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return counter.Count;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData command && command.Command.Connection?.ConnectionString == place)
            Interlocked.Increment(ref count);
    }

    public void OnCompleted() => subscriptions.Clear();

    public void OnError(Exception error) => throw error;

    // The first brings the others: after it no more can come.
    public void Dispose()
    {
        subscriptions[0].Dispose();
        foreach (var subscription in subscriptions.ToArray())
            subscription.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KkmpBot.Tests.Office;

/// <summary>
/// Counts the commands that Entity Framework sends to each database, whoever sends them. Made before the service starts: a context that was made while
/// nobody listened goes on for a second without telling.
/// </summary>
internal sealed class CommandCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private readonly ConcurrentDictionary<string, int> counts = new();

    public CommandCounter() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>How many commands a page takes. What works behind the pages asks now and then, too: the least of three is the page's own.</summary>
    public async Task<int> CountAsync(OfficeUnderTest office, OfficeBrowser browser, string path)
    {
        string place;
        await using (var connection = await office.Database.OpenAsync(CancellationToken.None))
            place = connection.ConnectionString;
        var took = new List<int>();
        for (var round = 0; round < 3; round++)
        {
            int before = counts.GetValueOrDefault(place);
            using var page = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            took.Add(counts.GetValueOrDefault(place) - before);
        }
        return took.Min();
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData { Command.Connection.ConnectionString: { } place })
            counts.AddOrUpdate(place, 1, (_, count) => count + 1);
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

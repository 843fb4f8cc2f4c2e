namespace KkmpBot.Data;

/// <summary>
/// A copy's place among the copies of the program that work on one database. A copy that dies has left; one whose connection was lost comes back
/// at its next count.
/// </summary>
public interface IMembership : IAsyncDisposable
{
    /// <summary>How many copies there are now, this one among them.</summary>
    /// <param name="ct">Gives up.</param>
    Task<int> CountAsync(CancellationToken ct);
}

/// <summary>What one copy at a time may do, for as long as this one does it. Dispose it to let another.</summary>
public interface IAlone : IAsyncDisposable
{
    /// <summary>True while it is still this copy's.</summary>
    /// <param name="ct">Gives up.</param>
    Task<bool> IsMineAsync(CancellationToken ct);
}

/// <summary>Waits until this copy is the only one that does something.</summary>
/// <param name="name">What is done.</param>
/// <param name="ct">Gives up.</param>
public delegate Task<IAlone> DoAlone(string name, CancellationToken ct);

/// <summary>Where there can be one copy only.</summary>
public sealed class OnlyCopy : IMembership, IAlone
{
    /// <inheritdoc />
    public Task<int> CountAsync(CancellationToken ct) => Task.FromResult(1);

    /// <inheritdoc />
    public Task<bool> IsMineAsync(CancellationToken ct) => Task.FromResult(true);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

namespace KkmpBot.Operations;

/// <summary>Keeps a second server away from one SQLite file: it would send every reply twice.</summary>
public sealed class ServerLock : IDisposable
{
    private readonly FileStream file;

    private ServerLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or refuses to start.</summary>
    /// <param name="dataFolder">The folder of the database.</param>
    public static ServerLock Take(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "server.lock");
        try
        {
            return new ServerLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new StartRefusedException($"Another server is running on the data in {dataFolder}. Stop it, or set Data__Path to another folder.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();
}

using KkmpBot.Data;

namespace KkmpBot.Tests.Data;

public sealed class DiskFlushTests
{
    /// <summary>The runtime's own flush takes the refusal for success; acknowledging by it would lose what was acknowledged.</summary>
    [Fact]
    public void A_refused_flush_is_no_success()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var device = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);

        var refusal = Assert.Throws<IOException>(() => DiskFlush.Run(device));

        Assert.StartsWith("fsync: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_flushed()
    {
        var path = Path.GetTempFileName();
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
        {
            RandomAccess.Write(file, [1], 0);
            DiskFlush.Run(file);
        }
        Assert.Equal([1], File.ReadAllBytes(path));
        File.Delete(path);
    }
}

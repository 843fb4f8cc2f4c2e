using System.ComponentModel;
using System.Diagnostics;

namespace KkmpBot.Channels;

/// <summary>
/// Makes pictures of drawings with <c>rsvg-convert</c> (Debian's librsvg2-bin), where it is installed. It runs beside the sender and never
/// inside a turn. Where it is not there, or fails, the message goes without its picture: its words say everything.
/// </summary>
/// <param name="log">Says once that the program is missing.</param>
public sealed class Drawings(ILogger<Drawings> log)
{
    private const string Program = "rsvg-convert";

    /// <summary>A drawing that takes longer is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private volatile bool isMissing;

    /// <summary>The picture of a drawing; null when it cannot be made here.</summary>
    /// <param name="drawing">A file of kind <see cref="OutboundFile.Drawing"/>.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<OutboundFile?> ToPictureAsync(OutboundFile drawing, CancellationToken ct)
    {
        if (isMissing)
            return null;
        try
        {
            var bytes = await RunAsync(drawing.Bytes, ct);
            return bytes.Length is 0 or > OutboundFile.MaxBytes ? null : new OutboundFile(Path.ChangeExtension(drawing.Name, ".png"), "image/png", bytes);
        }
        catch (Win32Exception)
        {
            isMissing = true;
            log.LogInformation("{Program} is not installed: messages go without their drawings", Program);
            return null;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            log.LogWarning("A drawing could not be made into a picture: {Failure}", failure.GetType().Name);
            return null;
        }
    }

    private static async Task<byte[]> RunAsync(byte[] svg, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var process = Process.Start(new ProcessStartInfo(Program, "--format=png")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new IOException($"{Program} did not start.");
        try
        {
            using var png = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(png, limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(svg, limit.Token);
            process.StandardInput.Close();
            await reading;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? png.ToArray() : [];
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}

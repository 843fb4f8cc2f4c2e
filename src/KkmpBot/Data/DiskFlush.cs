using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KkmpBot.Data;

/// <summary>Puts what was written to a file on the disk, and throws when the disk refuses it.</summary>
/// <remarks>
/// On Unix <see cref="RandomAccess.FlushToDisk"/> and <c>FileStream.Flush(true)</c> take a refusal for success: the runtime keeps the comparison and
/// not the answer of fsync (<c>SystemNative_FSync</c> in dotnet/runtime's pal_io.c, seen in .NET 10). So POSIX's own is asked.
/// </remarks>
public static class DiskFlush
{
    private const int Interrupted = 4;
    private const int MaxInterruptions = 100;

    private static readonly Fsync? Posix = OperatingSystem.IsWindows()
        ? null
        : Marshal.GetDelegateForFunctionPointer<Fsync>(NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "fsync"));

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    private delegate int Fsync(SafeFileHandle file);

    /// <summary>Returns when the disk has it.</summary>
    /// <param name="file">Open for writing.</param>
    /// <exception cref="IOException">The disk refused it, and nobody knows what it holds.</exception>
    public static void Run(SafeFileHandle file)
    {
        if (Posix is null)
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        for (var interruptions = 0; Posix(file) != 0; interruptions++)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted || interruptions == MaxInterruptions)
                throw new IOException("fsync: " + Marshal.GetPInvokeErrorMessage(error), error);
        }
    }
}

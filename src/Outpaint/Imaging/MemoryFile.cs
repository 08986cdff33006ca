using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Outpaint.Imaging;

/// <summary>Files that are in memory only: they have no name, need no folder that can be written, and are gone when they are closed.</summary>
internal static partial class MemoryFile
{
    private const uint CloseOnExec = 1;

    /// <summary>Opens a new one, which is empty.</summary>
    /// <exception cref="IOException">The system gives none.</exception>
    public static FileStream Create()
    {
        int descriptor = memfd_create("picture", CloseOnExec);
        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0)
            : throw new IOException($"no file in memory can be had ({Marshal.GetLastPInvokeErrorMessage()}).");
    }

    // Linux 3.17 and later.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);
}

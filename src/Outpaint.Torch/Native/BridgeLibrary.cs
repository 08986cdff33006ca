using System.Reflection;
using System.Runtime.InteropServices;

namespace Outpaint.Torch.Native;

/// <summary>Finds the native libraries, which are built once on each machine.</summary>
internal static class BridgeLibrary
{
    /// <summary>Makes a native library of an assembly that does not load an error that says what to do.</summary>
    internal static void ResolveFor(Assembly assembly) => NativeLibrary.SetDllImportResolver(assembly, Load);

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        try
        {
            return NativeLibrary.Load(name, assembly, path);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException(
                Reason(e) is { } reason
                    ? $"The native library {name} does not load ({reason}): in a clone, run ./outpaint once, which installs what is missing; with the packages, install libtorch and libvips as docs/csharp.md says."
                    : $"The native library {name} is missing or does not load: run ./outpaint or ./test once, which builds it.", e);
        }
    }

    // What the loader says of the library where it is, such as what this needs in turn; null if it says of all places that it is not there.
    private static string? Reason(DllNotFoundException failure) => failure.Message.Split('\n').Skip(1)
        .FirstOrDefault(line => line.Length > 0 && !(line.StartsWith('/') && line.EndsWith("No such file or directory", StringComparison.Ordinal)));
}

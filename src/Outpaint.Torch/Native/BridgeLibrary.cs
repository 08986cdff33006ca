using System.Reflection;
using System.Runtime.InteropServices;

namespace Outpaint.Torch.Native;

/// <summary>Finds the native libraries, which are built once on each machine.</summary>
internal static class BridgeLibrary
{
    /// <summary>Makes a missing native library of an assembly an error that says what to do.</summary>
    internal static void ResolveFor(Assembly assembly) => NativeLibrary.SetDllImportResolver(assembly, Load);

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        try
        {
            return NativeLibrary.Load(name, assembly, path);
        }
        catch (DllNotFoundException e)
        {
            throw new DllNotFoundException($"The native library {name} is missing or does not load: run ./outpaint or ./test once, which builds it.", e);
        }
    }
}

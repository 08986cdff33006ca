using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Outpaint.Imaging;

/// <summary>Pixels that native code reads where they are: <c>ov_pixels</c>. They must not change any more.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct LentPixels
{
    private readonly nint data;
    private readonly int width;
    private readonly int height;
    private readonly nint owner;
    private readonly nint release;

    private unsafe LentPixels(RgbImage image)
    {
        var pin = GCHandle.Alloc(image.Pixels, GCHandleType.Pinned);
        (data, width, height) = (pin.AddrOfPinnedObject(), image.Width, image.Height);
        owner = GCHandle.ToIntPtr(pin);
        release = (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Release;
    }

    /// <summary>Pins the pixels until native code releases them, or <see cref="TakeBack"/>.</summary>
    public static LentPixels Of(RgbImage image) => new(image);

    /// <summary>Unpins the pixels, where native code has not kept them.</summary>
    public void TakeBack() => GCHandle.FromIntPtr(owner).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint owner) => GCHandle.FromIntPtr(owner).Free();
}

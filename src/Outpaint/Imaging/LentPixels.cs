using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Outpaint.Imaging;

/// <summary>Pixels that native code reads where they are: <c>ov_pixels</c>. They must not change any more.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct LentPixels
{
    private readonly nint _data;
    private readonly int _width;
    private readonly int _height;
    private readonly nint _owner;
    private readonly nint _release;

    private unsafe LentPixels(RgbImage image)
    {
        var pin = GCHandle.Alloc(image.Pixels, GCHandleType.Pinned);
        (_data, _width, _height) = (pin.AddrOfPinnedObject(), image.Width, image.Height);
        _owner = GCHandle.ToIntPtr(pin);
        delegate* unmanaged[Cdecl]<nint, void> release = &Release;
        _release = (nint)release;
    }

    /// <summary>Pins the pixels until native code releases them, or <see cref="TakeBack"/>.</summary>
    public static LentPixels Of(RgbImage image) => new(image);

    /// <summary>Unpins the pixels, where native code has not kept them.</summary>
    public void TakeBack() => GCHandle.FromIntPtr(_owner).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint owner) => GCHandle.FromIntPtr(owner).Free();
}

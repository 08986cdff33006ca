using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Outpaint.Imaging.Metadata;
using Outpaint.Torch.Native;

namespace Outpaint.Imaging;

/// <summary>The functions of native/vips/bridge.h.</summary>
internal static partial class NativePhoto
{
    private const string Library = "outpaint_vips";

    static NativePhoto() => BridgeLibrary.ResolveFor(typeof(NativePhoto).Assembly);

    // ov_status
    private enum Status
    {
        Ok = 0,
        Failed = 1,
        NotAPicture = 2,
        TooLarge = 3,
        Unsupported = 4,
    }

    // ov_reading
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ReadingLayout(long MaxPixels, int MaxShortSide, int Page, int SpareBands, int Lab, int Premultiplied);

    // ov_encoding
    [StructLayout(LayoutKind.Sequential)]
    private struct EncodingLayout
    {
        public nint Format;
        public int Quality;
        public int Subsample;
        public long Offset;
        public nint Xmp;
        public long XmpSize;
    }

    [LibraryImport(Library, EntryPoint = "ov_image_free")]
    public static partial void Free(nint photo);

    [LibraryImport(Library)]
    private static partial nint ov_last_error();

    [LibraryImport(Library)]
    private static partial void ov_image_describe(PhotoHandle photo, out PhotoDescription description);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ov_image_metadata(PhotoHandle photo, string name, out long size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ov_image_profile(PhotoHandle photo, string format, out long size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial Status ov_image_load(
        string? path, ReadOnlySpan<byte> data, long size, in ReadingLayout how, out PhotoHandle photo);

    [LibraryImport(Library)]
    private static partial Status ov_image_to_rgb(PhotoHandle photo, int device, int width, int height, byte[] pixels);

    [LibraryImport(Library)]
    private static partial Status ov_resize_rgb(in LentPixels source, int width, int height, byte[] pixels);

    [LibraryImport(Library)]
    private static partial Status ov_image_from_rgb(in LentPixels pixels, out PhotoHandle photo);

    [LibraryImport(Library)]
    private static partial Status ov_image_extend(PhotoHandle photo, in LentPixels canvas, int left, int top, byte[]? opacity, out PhotoHandle extended);

    [LibraryImport(Library)]
    private static partial Status ov_image_save(PhotoHandle photo, SafeFileHandle file, in EncodingLayout how);

    [LibraryImport(Library)]
    private static partial Status ov_image_thumbnail(PhotoHandle photo, int side, out nint data, out long size);

    [LibraryImport(Library)]
    private static partial void ov_buffer_free(nint data);
}

using System.Runtime.InteropServices;

namespace Outpaint.Imaging;

/// <summary>The functions of native/vips/outpaint_vips.h; a failure becomes a <see cref="PictureException"/>.</summary>
internal static partial class NativePhoto
{
    private const string Library = "outpaint_vips";

    private enum Status
    {
        Ok = 0,
        Failed = 1,
        NotAPicture = 2,
        TooLarge = 3,
    }

    public static PhotoHandle Load(string path, long maxPixels)
    {
        Status status = LoadNative(path, default, 0, maxPixels, 0, out PhotoHandle photo);
        return Loaded(status, photo, path, maxPixels);
    }

    public static PhotoHandle Load(ReadOnlySpan<byte> data, string name, long maxPixels, int maxShortSide)
    {
        Status status = LoadNative(null, data, data.Length, maxPixels, maxShortSide, out PhotoHandle photo);
        return Loaded(status, photo, name, maxPixels);
    }

    public static (int Width, int Height) Size(PhotoHandle photo)
    {
        SizeNative(photo, out int width, out int height);
        return (width, height);
    }

    public static RgbImage ToRgb(PhotoHandle photo, int width, int height, string name = "picture")
    {
        var rgb = new RgbImage(width, height);
        if (ToRgbNative(photo, width, height, rgb.Pixels) != Status.Ok)
            throw new PictureException(name, $"its colours cannot be converted to sRGB ({Reason()}); convert it to an RGB picture first.");
        return rgb;
    }

    public static PhotoHandle FromRgb(RgbImage rgb)
    {
        if (FromRgbNative(rgb.Pixels, rgb.Width, rgb.Height, out PhotoHandle photo) != Status.Ok)
            throw new PictureException("picture", Reason());
        return photo;
    }

    private static PhotoHandle Loaded(Status status, PhotoHandle photo, string name, long maxPixels) => status switch
    {
        Status.Ok => photo,
        Status.NotAPicture => throw new PictureException(name,
            "not a picture that can be read; give a JPEG, PNG, WebP, TIFF, AVIF or HEIC file."),
        Status.TooLarge => throw new PictureException(name,
            $"too large ({Reason()}; the limit is {maxPixels / 1_000_000} megapixels); shrink it first."),
        _ => throw new PictureException(name,
            $"damaged or cut off ({Reason()}); get a whole copy, or open it in a picture editor and save it again."),
    };

    /// <summary>libvips' last words on this thread, on one line.</summary>
    private static string Reason()
    {
        string text = Marshal.PtrToStringUTF8(ErrorNative()) ?? "";
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "no reason given" : lines[0];
    }

    [LibraryImport(Library, EntryPoint = "outpaint_vips_free")]
    public static partial void Free(nint photo);

    [LibraryImport(Library, EntryPoint = "outpaint_vips_error")]
    private static partial nint ErrorNative();

    [LibraryImport(Library, EntryPoint = "outpaint_vips_size")]
    private static partial void SizeNative(PhotoHandle photo, out int width, out int height);

    [LibraryImport(Library, EntryPoint = "outpaint_vips_load", StringMarshalling = StringMarshalling.Utf8)]
    private static partial Status LoadNative(
        string? path, ReadOnlySpan<byte> data, long size, long maxPixels, int maxShortSide, out PhotoHandle photo);

    [LibraryImport(Library, EntryPoint = "outpaint_vips_to_rgb")]
    private static partial Status ToRgbNative(PhotoHandle photo, int width, int height, byte[] pixels);

    [LibraryImport(Library, EntryPoint = "outpaint_vips_from_rgb")]
    private static partial Status FromRgbNative(byte[] pixels, int width, int height, out PhotoHandle photo);
}

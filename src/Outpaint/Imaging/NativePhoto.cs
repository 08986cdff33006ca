using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Outpaint.Torch.Native;

namespace Outpaint.Imaging;

/// <summary>The functions of native/vips; a failure becomes a <see cref="PictureException"/>.</summary>
internal static partial class NativePhoto
{
    private const string Library = "outpaint_vips";

    static NativePhoto() => BridgeLibrary.ResolveFor(typeof(NativePhoto).Assembly);

    private enum Status
    {
        Ok = 0,
        Failed = 1,
        NotAPicture = 2,
        TooLarge = 3,
    }

    public static PhotoHandle Load(string path, long maxPixels)
    {
        Status status = ov_image_load(path, default, 0, maxPixels, 0, out PhotoHandle photo);
        return Loaded(status, photo, path, maxPixels);
    }

    public static PhotoHandle Load(ReadOnlySpan<byte> data, string name, long maxPixels, int maxShortSide)
    {
        Status status = ov_image_load(null, data, data.Length, maxPixels, maxShortSide, out PhotoHandle photo);
        return Loaded(status, photo, name, maxPixels);
    }

    public static (int Width, int Height) Size(PhotoHandle photo)
    {
        ov_image_size(photo, out int width, out int height);
        return (width, height);
    }

    public static RgbImage ToRgb(PhotoHandle photo, int width, int height, string name = "picture")
    {
        var rgb = new RgbImage(width, height);
        if (ov_image_to_rgb(photo, width, height, rgb.Pixels) != Status.Ok)
            throw new PictureException(name, $"its colours cannot be converted to sRGB ({Reason()}); convert it to an RGB picture first.");
        return rgb;
    }

    public static PhotoHandle FromRgb(RgbImage rgb)
    {
        if (ov_image_from_rgb(rgb.Pixels, rgb.Width, rgb.Height, out PhotoHandle photo) != Status.Ok)
            throw new PictureException("picture", Reason());
        return photo;
    }

    public static PhotoHandle Extend(PhotoHandle photo, RgbImage canvas, int left, int top, string name)
    {
        if (ov_image_extend(photo, canvas.Pixels, canvas.Width, canvas.Height, left, top, out PhotoHandle extended) != Status.Ok)
            throw new PictureException(name, $"its colour format cannot be extended ({Reason()}); convert it to an RGB picture first.");
        return extended;
    }

    public static void Save(PhotoHandle photo, SafeFileHandle file, string format, int quality, string path)
    {
        if (ov_image_save(photo, file, format, quality) != Status.Ok)
            throw new PictureException(path, $"cannot be written ({Reason()}); try another format, or check the free space.");
    }

    private static PhotoHandle Loaded(Status status, PhotoHandle photo, string name, long maxPixels) => status switch
    {
        Status.Ok => photo,
        Status.NotAPicture => throw new PictureException(name,
            "not a picture that can be read, or cut off; give a whole JPEG, PNG, WebP, TIFF, AVIF or HEIC file."),
        Status.TooLarge => throw new PictureException(name,
            $"too large ({Reason()}; the limit is {maxPixels / 1_000_000} megapixels); shrink it first."),
        _ => throw new PictureException(name,
            $"damaged or cut off ({Reason()}); get a whole copy, or open it in a picture editor and save it again."),
    };

    /// <summary>libvips' last words on this thread, on one line.</summary>
    private static string Reason()
    {
        string text = Marshal.PtrToStringUTF8(ov_last_error()) ?? "";
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "no reason given" : lines[0];
    }

    [LibraryImport(Library, EntryPoint = "ov_image_free")]
    public static partial void Free(nint photo);

    [LibraryImport(Library)]
    private static partial nint ov_last_error();

    [LibraryImport(Library)]
    private static partial void ov_image_size(PhotoHandle photo, out int width, out int height);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial Status ov_image_load(
        string? path, ReadOnlySpan<byte> data, long size, long maxPixels, int maxShortSide, out PhotoHandle photo);

    [LibraryImport(Library)]
    private static partial Status ov_image_to_rgb(PhotoHandle photo, int width, int height, byte[] pixels);

    [LibraryImport(Library)]
    private static partial Status ov_image_from_rgb(byte[] pixels, int width, int height, out PhotoHandle photo);

    [LibraryImport(Library)]
    private static partial Status ov_image_extend(
        PhotoHandle photo, byte[] canvas, int width, int height, int left, int top, out PhotoHandle extended);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial Status ov_image_save(PhotoHandle photo, SafeFileHandle file, string format, int quality);
}

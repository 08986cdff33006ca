using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Outpaint.Imaging.Metadata;
using Outpaint.Imaging.Metadata.Tiff;

namespace Outpaint.Imaging;

/// <summary>What native/vips does; a failure becomes a <see cref="PictureException"/>.</summary>
internal static partial class NativePhoto
{
    public static PhotoHandle Load(string path, TiffPage? page, long maxPixels)
    {
        Status status = ov_image_load(path, default, 0, How(page, maxPixels), out PhotoHandle photo);
        return Loaded(status, photo, path, maxPixels);
    }

    public static PhotoHandle Load(ReadOnlySpan<byte> data, string name, TiffPage? page, long maxPixels, int maxShortSide)
    {
        Status status = ov_image_load(null, data, data.Length, How(page, maxPixels, maxShortSide), out PhotoHandle photo);
        return Loaded(status, photo, name, maxPixels);
    }

    public static PhotoDescription Describe(PhotoHandle photo)
    {
        ov_image_describe(photo, out PhotoDescription description);
        return description;
    }

    /// <summary>A block of metadata by libvips' name for it; null where there is none.</summary>
    public static byte[]? Metadata(PhotoHandle photo, string name)
    {
        nint data = ov_image_metadata(photo, name, out long size);
        return Copied(photo, data, size);
    }

    /// <summary>The colour profile for a file; null where there is none, or where the format holds the colours as sRGB only.</summary>
    /// <param name="photo">What is to be encoded.</param>
    /// <param name="format">The native bridge's name for the file format.</param>
    public static byte[]? Profile(PhotoHandle photo, string format)
    {
        nint data = ov_image_profile(photo, format, out long size);
        return Copied(photo, data, size);
    }

    /// <summary>The picture as 8-bit RGB: its own values, or sRGB.</summary>
    public static RgbImage ToRgb(PhotoHandle photo, bool device, int width, int height, string name)
    {
        var rgb = new RgbImage(width, height);
        if (ov_image_to_rgb(photo, device ? 1 : 0, width, height, rgb.Pixels) != Status.Ok)
            throw new PictureException(name, $"its colours cannot be converted to sRGB ({Reason()}); convert it to an RGB picture first.");
        return rgb;
    }

    public static RgbImage Resize(RgbImage rgb, int width, int height)
    {
        var resized = new RgbImage(width, height);
        LentPixels lent = LentPixels.Of(rgb);
        Status status = ov_resize_rgb(lent, width, height, resized.Pixels);
        lent.TakeBack();
        return status == Status.Ok ? resized : throw new PictureException("picture", $"cannot be resized ({Reason()}).");
    }

    public static PhotoHandle FromRgb(RgbImage rgb)
    {
        LentPixels lent = LentPixels.Of(rgb);
        if (ov_image_from_rgb(lent, out PhotoHandle photo) == Status.Ok)
            return photo;
        lent.TakeBack();
        throw new PictureException("picture", Reason());
    }

    public static PhotoHandle Extend(PhotoHandle photo, RgbImage canvas, int left, int top, byte[]? opacity, string name)
    {
        ObjectDisposedException.ThrowIf(photo.IsClosed, photo); // before pixels are lent that nobody would take back
        LentPixels lent = LentPixels.Of(canvas);
        if (ov_image_extend(photo, lent, left, top, opacity, out PhotoHandle extended) == Status.Ok)
            return extended;
        lent.TakeBack();
        throw new PictureException(name, $"its colour format cannot be extended ({Reason()}); convert it to an RGB picture in 8 or 16 bits first.");
    }

    /// <summary>A small JPEG of the picture, for its EXIF.</summary>
    public static byte[]? Thumbnail(PhotoHandle photo, int side)
    {
        if (ov_image_thumbnail(photo, side, out nint data, out long size) != Status.Ok)
            return null;
        var jpeg = new byte[size];
        Marshal.Copy(data, jpeg, 0, jpeg.Length);
        ov_buffer_free(data);
        return jpeg;
    }

    /// <summary>Encodes into a file, from an offset on.</summary>
    /// <param name="photo">What to encode.</param>
    /// <param name="file">Its length becomes that of what is written.</param>
    /// <param name="how">The format and its settings.</param>
    /// <param name="xmp">For AVIF and HEIC; in the other formats it is added afterwards.</param>
    /// <param name="path">The name in errors.</param>
    public static unsafe void Save(PhotoHandle photo, SafeFileHandle file, PhotoEncoding how, byte[]? xmp, string path)
    {
        nint format = Marshal.StringToCoTaskMemUTF8(how.Format);
        fixed (byte* packet = xmp)
        {
            var layout = new EncodingLayout
            {
                Format = format,
                Quality = how.Quality,
                Subsample = how.Subsample ? 1 : 0,
                Offset = how.Offset,
                Xmp = (nint)packet,
                XmpSize = xmp?.Length ?? 0,
            };
            Status status = ov_image_save(photo, file, layout);
            Marshal.FreeCoTaskMem(format);
            if (status != Status.Ok)
                throw new PictureException(path, $"cannot be written ({Reason()}); try another format, or check the free space.");
        }
    }

    private static ReadingLayout How(TiffPage? page, long maxPixels, int maxShortSide = 0) =>
        new(maxPixels, maxShortSide, page?.Index ?? 0, page?.Spare ?? 0, page is { IsLab: true } ? 1 : 0, page is { IsPremultiplied: true } ? 1 : 0);

    private static byte[]? Copied(PhotoHandle photo, nint data, long size)
    {
        if (data == 0 || size == 0)
            return null;
        var block = new byte[size];
        Marshal.Copy(data, block, 0, block.Length);
        GC.KeepAlive(photo);
        return block;
    }

    private static PhotoHandle Loaded(Status status, PhotoHandle photo, string name, long maxPixels) => status switch
    {
        Status.Ok => photo,
        Status.NotAPicture => throw new PictureException(name,
            $"not a picture that can be read, or cut off; give a whole {PictureFormat.Names} file."),
        Status.TooLarge => throw new PictureException(name,
            $"too large ({Reason()}; the limit is {maxPixels / 1_000_000} megapixels); shrink it first."),
        Status.Unsupported => throw new PictureException(name, $"{Reason()} is not supported; convert it to an SDR picture first."),
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
}

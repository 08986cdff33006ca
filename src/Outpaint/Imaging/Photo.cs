using Outpaint.Imaging.Metadata;
using Outpaint.Imaging.Metadata.Tiff;

namespace Outpaint.Imaging;

/// <summary>
/// A decoded picture in its own format (bands, bit depth, colour profile, metadata), upright: the EXIF orientation
/// is applied on loading. Immutable and safe to share between threads.
/// </summary>
public sealed class Photo : IDisposable
{
    /// <summary>Larger pictures are refused by their header, before anything is decoded.</summary>
    public const long MaxPixels = 100_000_000;

    private readonly PhotoHandle handle;
    private readonly PictureMetadata metadata;
    private readonly string name;

    private Photo(PhotoHandle handle, PictureMetadata metadata, string name)
    {
        (this.handle, this.metadata, this.name) = (handle, metadata, name);
        PhotoDescription description = NativePhoto.Describe(handle);
        (Width, Height) = (description.Width, description.Height);
    }

    /// <summary>Width in pixels, after orientation.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, after orientation.</summary>
    public int Height { get; }

    /// <summary>Reads and fully decodes a JPEG, PNG, WebP, TIFF, GIF, AVIF or HEIC file: its first page, in a TIFF the first that is no thumbnail.</summary>
    /// <exception cref="PictureException">
    /// The file is missing, empty, damaged, cut off, over <see cref="MaxPixels"/> or 800 MB decoded, of HDR brightness, of samples that cannot be read, or no picture.
    /// </exception>
    public static Photo Load(string path)
    {
        using FileStream stream = PictureFile.Open(path); // before libvips, to which a file that may not be read is a damaged one
        TiffPage? page = TiffPage.Find(stream, path);
        PhotoHandle handle = TiffStored.Read(stream, page, path) is { } changed
            ? NativePhoto.Load(changed, path, page, MaxPixels, maxShortSide: 0)
            : NativePhoto.Load(path, page, MaxPixels);
        return new Photo(handle, MetadataReader.Read(stream, handle, page), path);
    }

    /// <summary>Reads and fully decodes an encoded picture in memory.</summary>
    /// <param name="data">The bytes of a file that <see cref="Load"/> would read.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="maxShortSide">Shrinks a picture whose shorter side is larger to this many pixels, as cheaply as its format allows; null keeps the size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shorter side is to be less than 1 pixel.</exception>
    /// <exception cref="PictureException">As for <see cref="Load"/>.</exception>
    public static unsafe Photo FromBytes(ReadOnlySpan<byte> data, string name = "picture", int? maxShortSide = null)
    {
        if (maxShortSide is { } side)
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(maxShortSide));
        if (data.IsEmpty)
            throw new PictureException(name, "the file is empty; get a whole copy.");
        fixed (byte* bytes = data)
        {
            using var stream = new UnmanagedMemoryStream(bytes, data.Length);
            TiffPage? page = TiffPage.Find(stream, name);
            byte[]? changed = TiffStored.Read(stream, page, name);
            PhotoHandle handle = NativePhoto.Load(changed is null ? data : changed, name, page, MaxPixels, maxShortSide ?? 0);
            return new Photo(handle, MetadataReader.Read(stream, handle, page), name);
        }
    }

    /// <summary>A photo of pixels that something else has decoded, in 8-bit sRGB and without metadata.</summary>
    /// <param name="image">The pixels. They are not copied, and must not change while the photo, or one extended from it, is in use.</param>
    /// <exception cref="PictureException">There is not enough memory.</exception>
    public static Photo FromRgb(RgbImage image) => new(NativePhoto.FromRgb(image), new PictureMetadata(), "picture");

    /// <summary>The picture as 8-bit sRGB: colour profile applied, transparency on white.</summary>
    /// <exception cref="PictureException">Its colours cannot be converted.</exception>
    public RgbImage ToRgb() => ToRgb(Width, Height);

    /// <summary>The picture as 8-bit sRGB of another size in pixels: Lanczos when it shrinks, bicubic when it grows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1 pixel, or the picture larger than 2 GB.</exception>
    /// <exception cref="PictureException">Its colours cannot be converted.</exception>
    public RgbImage ToRgb(int width, int height) => NativePhoto.ToRgb(handle, device: false, width, height, name);

    /// <summary>
    /// The picture as 8-bit RGB in its own colour space, whose profile is not applied: what <see cref="Extend"/> takes,
    /// so that colours beyond sRGB are neither clipped nor converted back and forth. Transparency is on white. Inks and
    /// other values that are no RGB or grey in 8 or 16 bits become sRGB.
    /// </summary>
    /// <exception cref="PictureException">Its colours cannot be converted.</exception>
    public RgbImage ToDeviceRgb() => NativePhoto.ToRgb(handle, device: true, Width, Height, name);

    /// <summary>
    /// A larger picture in this one's bands, depth and colour profile, with its metadata, which says that it was
    /// extended: the canvas, and this picture's own pixels, bit by bit, on top of it. Alpha goes on outwards as it is at
    /// the border, over colours with which the result looks like the canvas on white.
    /// </summary>
    /// <param name="canvas">The whole new picture, in the colours of <see cref="ToDeviceRgb"/>. It is not copied, and must not change while the result is in use.</param>
    /// <param name="left">Canvas column of this picture's first column.</param>
    /// <param name="top">Canvas row of this picture's first row.</param>
    /// <param name="opacity">
    /// How much of this picture shows over the canvas, one value per pixel of it, row by row: 255 is all of it. Null is
    /// 255 everywhere.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">This picture does not lie within the canvas.</exception>
    /// <exception cref="ArgumentException">The opacity does not have Width * Height values.</exception>
    /// <exception cref="PictureException">This picture's colours cannot be extended: floats in grey, or more than four inks.</exception>
    public Photo Extend(RgbImage canvas, int left, int top, byte[]? opacity = null)
    {
        if (opacity is not null && opacity.Length != Width * Height)
            throw new ArgumentException($"{Width} x {Height} pixels take {Width * Height} values, not {opacity.Length}.", nameof(opacity));
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left, canvas.Width - Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, canvas.Height - Height);
        PhotoHandle extended = NativePhoto.Extend(handle, canvas, left, top, opacity, name);
        PlaceMap map = PlaceMap.Extend(Width, Height, left, top, canvas.Width, canvas.Height);
        return new Photo(extended, metadata.Upright(Width, Height).Extended(map), name);
    }

    /// <summary>Writes the picture in the format of the extension. A failure leaves an existing file as it was.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not from 1 to 100.</exception>
    /// <exception cref="PictureException">The extension is none that can be written, or the file exists and is not to be replaced, or writing failed.</exception>
    public void Save(string path, SaveOptions? options = null)
    {
        PictureMetadata kept = Kept(options);
        PictureWriter.Write(path, handle, kept, PhotoEncoding.For(PictureFormat.Of(path), options, kept.Encoding), options?.Overwrite ?? true);
    }

    /// <summary>The bytes of the file that <see cref="Save"/> would write, for where there are no files: a web service, a database.</summary>
    /// <param name="extension">That of the format, with its dot: ".jpg".</param>
    /// <param name="options">How it is encoded.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not from 1 to 100.</exception>
    /// <exception cref="PictureException">The extension is none that can be written, or the picture cannot be encoded.</exception>
    public byte[] ToBytes(string extension, SaveOptions? options = null)
    {
        PictureMetadata kept = Kept(options);
        return PictureWriter.Encode(name, handle, kept, PhotoEncoding.For(PictureFormat.Of(extension), options, kept.Encoding));
    }

    /// <summary>Writes pixels as a PNG, whatever the file's extension.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="path">The file.</param>
    /// <param name="overwrite">As in <see cref="SaveOptions"/>.</param>
    /// <exception cref="PictureException">The file exists and is not to be replaced, or writing failed.</exception>
    public static void SavePng(RgbImage image, string path, bool overwrite = true)
    {
        using PhotoHandle handle = NativePhoto.FromRgb(image);
        PictureWriter.Write(path, handle, new PictureMetadata(), PhotoEncoding.For("png", null, null), overwrite);
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private PictureMetadata Kept(SaveOptions? options)
    {
        PictureMetadata upright = metadata.Upright(Width, Height);
        return options?.Strip == true ? upright.Stripped() : upright;
    }
}

using Outpaint.Torch.Serialization;

namespace Outpaint.Imaging;

/// <summary>
/// A decoded picture in its own format (bands, bit depth, colour profile, metadata), upright: the EXIF orientation
/// is applied on loading and dropped. Immutable and safe to share between threads.
/// </summary>
public sealed class Photo : IDisposable
{
    /// <summary>Larger pictures are refused by their header, before anything is decoded.</summary>
    public const long MaxPixels = 100_000_000;

    private readonly PhotoHandle _handle;
    private readonly string _name;

    private Photo(PhotoHandle handle, string name)
    {
        _handle = handle;
        _name = name;
        (Width, Height) = NativePhoto.Size(handle);
    }

    /// <summary>Width in pixels, after orientation.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, after orientation.</summary>
    public int Height { get; }

    /// <summary>Reads and fully decodes a JPEG, PNG, WebP, TIFF, AVIF or HEIC file (its first page).</summary>
    /// <exception cref="PictureException">The file is missing, empty, damaged, cut off, over <see cref="MaxPixels"/> or no picture.</exception>
    public static Photo Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new PictureException(path, "no such file; check the path.");
        if (file.Length == 0)
            throw new PictureException(path, "the file is empty; get a whole copy.");
        return new Photo(NativePhoto.Load(path, MaxPixels), path);
    }

    /// <summary>Reads and fully decodes an encoded picture in memory.</summary>
    /// <param name="data">The bytes of a file that <see cref="Load"/> would read.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="maxShortSide">Shrinks a picture whose shorter side is larger to this many pixels, as cheaply as its format allows; null keeps the size.</param>
    /// <exception cref="PictureException">As for <see cref="Load"/>.</exception>
    public static Photo FromBytes(ReadOnlySpan<byte> data, string name = "picture", int? maxShortSide = null)
    {
        if (maxShortSide is { } side)
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(maxShortSide));
        if (data.IsEmpty)
            throw new PictureException(name, "the file is empty; get a whole copy.");
        return new Photo(NativePhoto.Load(data, name, MaxPixels, maxShortSide ?? 0), name);
    }

    /// <summary>The picture as 8-bit sRGB: colour profile applied, transparency on white.</summary>
    public RgbImage ToRgb() => ToRgb(Width, Height);

    /// <summary>The picture as 8-bit sRGB of another size: Lanczos when it shrinks, bicubic when it grows.</summary>
    public RgbImage ToRgb(int width, int height) => NativePhoto.ToRgb(_handle, width, height, _name);

    /// <summary>
    /// A larger picture in this one's bands, depth and colour profile, with its metadata: the canvas, and this picture's
    /// own pixels, bit by bit, on top of it. Alpha is opaque in the canvas.
    /// </summary>
    /// <param name="canvas">The whole new picture.</param>
    /// <param name="left">Canvas column of this picture's first column.</param>
    /// <param name="top">Canvas row of this picture's first row.</param>
    /// <exception cref="ArgumentOutOfRangeException">This picture does not lie within the canvas.</exception>
    /// <exception cref="PictureException">The canvas cannot be converted to this picture's colours.</exception>
    public Photo Extend(RgbImage canvas, int left, int top)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left, canvas.Width - Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, canvas.Height - Height);
        return new Photo(NativePhoto.Extend(_handle, canvas, left, top, _name), _name);
    }

    /// <summary>Writes the picture in the format of the extension. A failure leaves an existing file as it was.</summary>
    /// <exception cref="PictureException">The extension is none that can be written, or writing failed.</exception>
    public void Save(string path, SaveOptions? options = null)
    {
        string format = PictureFormat.Of(path);
        int quality = options?.Quality ?? format switch
        {
            "jpeg" => 95,
            "webp" => 90,
            _ => 80,
        };
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100, nameof(options));
        Write(path, format, quality);
    }

    /// <summary>Writes pixels as a PNG, whatever the file's extension.</summary>
    /// <exception cref="PictureException">Writing failed.</exception>
    public static void SavePng(RgbImage image, string path)
    {
        using var photo = new Photo(NativePhoto.FromRgb(image), path);
        photo.Write(path, "png", 100);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void Write(string path, string format, int quality)
    {
        try
        {
            AtomicFile.Write(path, file => NativePhoto.Save(_handle, file.SafeFileHandle, format, quality, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PictureException(path, $"cannot be written ({e.Message}); check the folder and its free space.");
        }
    }
}

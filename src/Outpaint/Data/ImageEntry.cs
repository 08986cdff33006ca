using Outpaint.Imaging;
using Outpaint.Torch;

namespace Outpaint.Data;

/// <summary>Where one picture lies: a file of its own, or a stretch of a tar shard or of a packed file.</summary>
/// <param name="Name">The path within the folder or shard that the user named, for messages.</param>
/// <param name="File">The file to read from.</param>
/// <param name="Offset">Where the picture starts in it, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record ImageEntry(string Name, string File, long Offset, long Length)
{
    /// <summary>Width and height in pixels where the bytes are red, green and blue already; null for an encoded picture.</summary>
    internal (int Width, int Height)? DecodedSize { get; init; }

    /// <summary>Reads the picture's bytes.</summary>
    /// <exception cref="PictureException">The file cannot be opened, or is a pipe or a device.</exception>
    /// <exception cref="IOException">The file cannot be read, became shorter or is over 2 GB.</exception>
    public byte[] Read()
    {
        if (Length > Array.MaxLength)
            throw new IOException("It is larger than 2 GB.");
        using FileStream file = PictureFile.Open(File);
        var bytes = new byte[Length];
        int read = 0;
        while (read < bytes.Length)
        {
            int n = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read), Offset + read);
            if (n == 0)
                throw new EndOfStreamException($"It ends after {read} of {Length} bytes.");
            read += n;
        }
        return bytes;
    }

    /// <summary>Reads and decodes the picture.</summary>
    /// <param name="maxShortSide">Shrinks a picture whose shorter side is larger to this many pixels; null keeps the size.</param>
    /// <exception cref="PictureException">The file cannot be read, or holds no picture that can.</exception>
    public RgbImage Decode(int? maxShortSide = null)
    {
        try
        {
            if (DecodedSize is { } size)
                return Shrink(new RgbImage(size.Width, size.Height, Read()), maxShortSide);
            using Photo photo = Photo.FromBytes(Read(), Name, maxShortSide);
            return photo.ToRgb();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PictureException(Name, $"cannot be read ({e.Message.TrimEnd('.')}); make it readable, or get a whole copy.");
        }
    }

    // By libtorch: decoded pictures serve where there is no libvips.
    private static RgbImage Shrink(RgbImage image, int? maxShortSide)
    {
        int shortSide = Math.Min(image.Width, image.Height);
        if (maxShortSide is not { } limit || shortSide <= limit)
            return image;
        using var scope = new TensorScope();
        double scale = (double)limit / shortSide;
        long[] size = [(long)Math.Round(image.Height * scale), (long)Math.Round(image.Width * scale)];
        Tensor pixels = Tensor.FromBytes(image.Pixels, [1, image.Height, image.Width, 3], DType.UInt8).Permute(0, 3, 1, 2).To(DType.Float32);
        Tensor shrunk = Dispatcher.Call("_upsample_bicubic2d_aa", pixels.Contiguous(), size, false, Argument.None, Argument.None);
        Tensor bytes = shrunk.Round().Clamp(0, 255).To(DType.UInt8).Permute(0, 2, 3, 1).Contiguous();
        return new RgbImage((int)size[1], (int)size[0], bytes.ToArray<byte>());
    }
}

using Outpaint.Imaging;

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
    /// <exception cref="IOException">The file cannot be read, became shorter or is over 2 GB.</exception>
    public byte[] Read()
    {
        if (Length > Array.MaxLength)
            throw new IOException("the file is larger than 2 GB");
        using var handle = System.IO.File.OpenHandle(File);
        var bytes = new byte[Length];
        int read = 0;
        while (read < bytes.Length)
        {
            int n = RandomAccess.Read(handle, bytes.AsSpan(read), Offset + read);
            if (n == 0)
                throw new EndOfStreamException($"{Name} ends after {read} of {Length} bytes.");
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
            throw new PictureException(Name, e.Message);
        }
    }

    private static RgbImage Shrink(RgbImage image, int? maxShortSide)
    {
        double scale = (double)(maxShortSide ?? int.MaxValue) / Math.Min(image.Width, image.Height);
        return scale < 1 ? image.Resize((int)Math.Round(image.Width * scale), (int)Math.Round(image.Height * scale)) : image;
    }
}

using System.Buffers.Binary;

namespace Outpaint.Tracking;

/// <summary>A picture of a step.</summary>
public sealed record TrackedImage
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Takes an encoded picture.</summary>
    /// <param name="key">What it shows, as in <c>samples</c>.</param>
    /// <param name="png">A PNG file. Not to be changed afterwards.</param>
    /// <param name="caption">A line below it.</param>
    /// <exception cref="ArgumentException">It is no PNG file.</exception>
    public TrackedImage(string key, byte[] png, string? caption = null)
    {
        // Signature, length and name of the header chunk, width, height (PNG specification, 11.2.1).
        if (!png.AsSpan().StartsWith(Signature) || png.Length < 24)
            throw new ArgumentException("Images are tracked as PNG files, and this is none.", nameof(png));
        (Key, Png, Caption) = (key, png, caption);
        Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        Height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20));
    }

    /// <summary>What it shows.</summary>
    public string Key { get; }

    /// <summary>The PNG file.</summary>
    public byte[] Png { get; }

    /// <summary>A line below it.</summary>
    public string? Caption { get; }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }
}

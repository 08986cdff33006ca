using System.Text;
using Outpaint.Imaging.Metadata.Tiff;

namespace Outpaint.Imaging.Metadata;

/// <summary>Edits an EXIF block (EXIF 2.32) in place.</summary>
internal sealed partial class ExifBlock
{
    private const ushort ImageWidth = 0x100, ImageHeight = 0x101, Software = 0x131;
    private const ushort ThumbnailOffset = 0x201, ThumbnailLength = 0x202, PixelWidth = 0xA002, PixelHeight = 0xA003;
    private const ushort SubjectArea = 0x9214, SubjectLocation = 0xA214;

    /// <summary>A block without a field, which says as little as none.</summary>
    public static readonly byte[] Empty = [.. "II*\0"u8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly TiffBlock block;

    private ExifBlock(byte[] data) => block = new TiffBlock(data);

    /// <summary>An edited copy; null where there is no block, or a damaged one.</summary>
    public static byte[]? Edit(byte[]? exif, Action<ExifBlock> edit)
    {
        if (exif is null)
            return null;
        try
        {
            var copy = new ExifBlock(exif);
            edit(copy);
            return copy.block.Bytes;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The software that the block names.</summary>
    public static string? SoftwareOf(byte[]? exif)
    {
        string? software = null;
        Edit(exif, copy => software = copy.block.Text(copy.Main(Software)));
        return software;
    }

    /// <summary>How the picture is stored, 1 to 8; 1 where the block does not say.</summary>
    public static int OrientationOf(byte[]? exif)
    {
        int orientation = 1;
        Edit(exif, copy => orientation = copy.block.Shorts(copy.Main(TiffEntry.Orientation)) is [var stored] ? stored : 1);
        return orientation;
    }

    /// <summary>Whether there is a JPEG thumbnail.</summary>
    public static bool HasThumbnail(byte[]? exif)
    {
        bool has = false;
        Edit(exif, copy => has = copy.Thumbnail(ThumbnailOffset) > 0);
        return has;
    }

    /// <summary>Says that the picture, and its thumbnail, are upright.</summary>
    public void SetOrientation()
    {
        block.SetNumber(Main(TiffEntry.Orientation), 1);
        block.SetNumber(Thumbnail(TiffEntry.Orientation), 1);
    }

    /// <summary>Sets the size wherever the block tells one.</summary>
    public void SetDimensions(int width, int height)
    {
        block.SetNumber(Main(ImageWidth), width);
        block.SetNumber(Main(ImageHeight), height);
        block.SetNumber(Detail(PixelWidth), width);
        block.SetNumber(Detail(PixelHeight), height);
    }

    /// <summary>Moves the main subject, a point and perhaps the size of a circle or a rectangle around it, along with the picture.</summary>
    public void MoveSubject(PlaceMap map)
    {
        foreach (int entry in new[] { Detail(SubjectArea), Detail(SubjectLocation) })
        {
            if (block.Shorts(entry) is { Length: >= 2 } subject)
                block.SetShorts(entry, map.Subject([.. subject]));
        }
    }

    /// <summary>Names the software that wrote the picture.</summary>
    public void SetSoftware(string name)
    {
        block.SetText(MainOrNew(Software), [.. Encoding.ASCII.GetBytes(name), 0]);
    }

    /// <summary>Clears the thumbnail, which is of the picture as it was; its fields stay for another one.</summary>
    public void ClearThumbnail()
    {
        int offset = Thumbnail(ThumbnailOffset), length = Thumbnail(ThumbnailLength);
        if (offset < 0 || length < 0)
            return;
        block.Forget(block.Value(offset), block.Value(length));
        block.SetValue(length, 0);
    }

    /// <summary>Replaces the thumbnail by another JPEG, or removes it.</summary>
    public void SetThumbnail(byte[]? jpeg)
    {
        ClearThumbnail();
        int offset = Thumbnail(ThumbnailOffset), length = Thumbnail(ThumbnailLength);
        if (jpeg is null || offset < 0 || length < 0)
        {
            block.EndChain();
            return;
        }
        block.SetValue(offset, (uint)block.Append(jpeg));
        block.SetValue(length, (uint)jpeg.Length);
    }

    private int Main(ushort tag) => block.Find(block.First, tag);

    private int MainOrNew(ushort tag) => Main(tag) is var entry and > 0 ? entry : block.Insert(tag);

    // A field of the Exif directory.
    private int Detail(ushort tag) => Main(TiffEntry.Exif) is var pointer and > 0 ? block.Find((int)block.Value(pointer), tag) : -1;

    // The second directory is the thumbnail's.
    private int Thumbnail(ushort tag) => block.Find(block.Second, tag);
}

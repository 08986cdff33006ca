using System.Buffers.Binary;

namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>Which page of a TIFF file is the picture, and what libvips does not tell of its channels.</summary>
/// <param name="Index">The page's number, from 0.</param>
/// <param name="Directory">Where in the file the page's directory is.</param>
internal sealed record TiffPage(int Index, long Directory)
{
    private const ushort NewSubfileType = 254, SubfileType = 255, Unspecified = 0, Opacity = 2;
    private const int ReducedResolution = 1, TransparencyMask = 4, OldReducedResolution = 2, MaxPages = 100;

    /// <summary>
    /// What each channel beyond the colours is: 2 is opacity, 1 is opacity that the colours are multiplied by, 0 is unspecified, such
    /// as a selection that Photoshop saved.
    /// </summary>
    public IReadOnlyList<ushort> Extra { get; private init; } = [];

    /// <summary>Whether the picture is Lab of 8 or 16 bits.</summary>
    public bool IsLab { get; private init; }

    /// <summary>Whether the colours are multiplied by the opacity.</summary>
    public bool IsPremultiplied => Extra is [TiffEntry.AssociatedAlpha, ..];

    /// <summary>How many of the last channels are neither colours nor the picture's opacity.</summary>
    public int Spare => Extra is [not Unspecified, ..] ? Extra.Count - 1 : Extra.Count;

    /// <summary>The first page that is no smaller copy or mask of another, which some programs put first; null where the file is no TIFF, or a damaged one.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="PictureException">The page lies beyond the file's end, or its samples are of a kind that libvips does not read.</exception>
    public static TiffPage? Find(Stream file, string name)
    {
        int page = 0;
        try
        {
            Span<byte> head = stackalloc byte[4];
            file.Position = 0;
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !TiffReader.IsMark(BinaryPrimitives.ReadUInt32BigEndian(head)))
                return null;
            var reader = new TiffReader(file);
            long directory = reader.FirstDirectory;
            for (; page < MaxPages && directory != 0; page++, directory = reader.Next(directory))
            {
                if (!StandsForAnother(reader, directory))
                    return Describe(reader, page, directory, name);
            }
            return Describe(reader, 0, reader.FirstDirectory, name);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            if (page > 0) // libvips would be content with the thumbnail
                throw new PictureException(name, "damaged or cut off (a page lies beyond the end); get a whole copy, or open it in a picture editor and save it again.");
            return null; // libvips says what is wrong
        }
    }

    private static TiffPage Describe(TiffReader reader, int page, long directory, string name)
    {
        if (TiffSamples.Problem(reader, directory) is { } problem)
            throw new PictureException(name, problem);
        ushort[] extra = [.. reader.Numbers(directory, TiffEntry.ExtraSamples).Select(kind => kind is Unspecified or TiffEntry.AssociatedAlpha ? (ushort)kind : Opacity)];
        return new TiffPage(page, directory) { Extra = extra, IsLab = TiffSamples.AreLab(reader, directory) };
    }

    // By the present field, or where it is missing by the one of earlier times.
    private static bool StandsForAnother(TiffReader reader, long directory) =>
        (reader.Numbers(directory, NewSubfileType), reader.Numbers(directory, SubfileType)) switch
        {
            ([var type], _) => (type & (ReducedResolution | TransparencyMask)) != 0,
            (_, [OldReducedResolution]) => true,
            _ => false,
        };
}

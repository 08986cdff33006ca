using Outpaint.Imaging.Metadata;
using Outpaint.Imaging.Metadata.Tiff;
using Outpaint.Torch.Serialization;

namespace Outpaint.Imaging;

/// <summary>Writes a picture file: the encoder's bytes, and the metadata at their places around them.</summary>
internal static class PictureWriter
{
    private const int ThumbnailSide = 160;

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="PictureException">It cannot be written.</exception>
    public static void Write(string path, PhotoHandle photo, PictureMetadata metadata, PhotoEncoding encoding, bool overwrite)
    {
        try
        {
            AtomicFile.Write(path, file => Write(file, path, photo, metadata, encoding), overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            throw new PictureException(path, "exists already and is left alone; delete it, or write elsewhere.");
        }
        catch (IOException e)
        {
            throw new PictureException(path, $"cannot be written ({e.Message.TrimEnd('.')}); check the folder and its free space.");
        }
    }

    /// <summary>Pixels as the bytes of a file without metadata.</summary>
    public static byte[] Encode(RgbImage image, PhotoEncoding encoding)
    {
        using PhotoHandle photo = NativePhoto.FromRgb(image);
        return Encode("picture", photo, new PictureMetadata(), encoding);
    }

    /// <summary>The bytes of a file.</summary>
    /// <param name="name">What error messages call it.</param>
    /// <param name="photo">What to encode.</param>
    /// <param name="metadata">What goes around it.</param>
    /// <param name="encoding">How.</param>
    /// <exception cref="PictureException">It cannot be encoded.</exception>
    public static byte[] Encode(string name, PhotoHandle photo, PictureMetadata metadata, PhotoEncoding encoding)
    {
        try
        {
            using FileStream file = MemoryFile.Create(); // the encoders write into files
            Write(file, name, photo, metadata, encoding);
            var bytes = new byte[file.Length];
            file.Position = 0;
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException e)
        {
            throw new PictureException(name, $"cannot be encoded ({e.Message.TrimEnd('.')}); check the free memory.");
        }
    }

    private static void Write(FileStream file, string path, PhotoHandle photo, PictureMetadata metadata, PhotoEncoding encoding)
    {
        if (ExifBlock.HasThumbnail(metadata.Exif))
        {
            byte[]? thumbnail = NativePhoto.Thumbnail(photo, ThumbnailSide);
            metadata = metadata with { Exif = ExifBlock.Edit(metadata.Exif, exif => exif.SetThumbnail(thumbnail)) };
        }
        PhotoDescription description = NativePhoto.Describe(photo);
        Density? density = (metadata.Ratio ?? description.Density) is { IsEmpty: false } told ? told : null;
        // The others have a place of their own for it, but libvips writes a TIFF's with a unit only.
        if (encoding.Format is "webp" or "avif" or "heic" || (encoding.Format == "tiff" && density is { HasUnit: false }))
            metadata = metadata with { Exif = ExifBlock.WithResolution(metadata.Exif, density) };
        byte[]? icc = NativePhoto.Profile(photo, encoding.Format);
        switch (encoding.Format)
        {
            // The encoder writes behind the room for the head, but for its own first bytes, which the head has, too.
            case "jpeg":
                byte[] head = JpegHeader.Make(metadata, icc, density);
                Encode(head.Length - 2);
                Put(0, head);
                break;
            case "png":
                byte[] chunks = PngHeader.Make(metadata, icc, density);
                int offset = chunks.Length - PngHeader.LibvipsResolution;
                Encode(offset);
                var signature = new byte[PngHeader.SignatureAndSize];
                file.Position = offset;
                file.ReadExactly(signature);
                Put(0, signature);
                Put(signature.Length, chunks);
                break;
            case "webp":
                Encode(0);
                var encoded = new byte[file.Length];
                file.Position = 0;
                file.ReadExactly(encoded);
                Put(0, WebpFile.Add(encoded, metadata, icc, description));
                break;
            case "tiff":
                Encode(0);
                TiffFile.Add(file, metadata, icc, density is { HasUnit: true });
                break;
            default:
                Encode(0, metadata.Xmp);
                AddExif();
                break;
        }

        // Where its encoder fails, libheif writes a file of nothing, and no error.
        void AddExif()
        {
            try
            {
                HeifFile.SetExif(file, metadata.Exif);
            }
            catch (InvalidDataException)
            {
                throw new PictureException(path, $"cannot be written as {encoding.Format.ToUpperInvariant()} at this size; try another format, such as png.");
            }
        }

        void Encode(long offset, byte[]? xmp = null) => NativePhoto.Save(photo, file.SafeFileHandle, encoding with { Offset = offset }, xmp, path);

        void Put(long position, byte[] bytes)
        {
            file.Position = position;
            file.Write(bytes);
        }
    }
}

using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

/// <summary>
/// Damaged files give a result or one line of error: never a crash, never minutes or gigabytes. The damage is the same
/// in every run; OUTPAINT_FUZZ_ROUNDS makes more of it (a thousand take some minutes).
/// </summary>
public class FuzzTests
{
    private const long MemoryLimit = 1L << 30;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("OUTPAINT_FUZZ_ROUNDS") ?? "12", null);

    public static TheoryData<string> Kinds => new(Files.Keys);

    private static Dictionary<string, Func<byte[]>> Files { get; } = new()
    {
        ["jpeg"] = () => WithMetadata(".jpg"),
        ["places"] = () => MovedPlacesTests.Jpeg(6),
        ["png"] = () => WithMetadata(".png"),
        ["png16"] = () => PngFile.Encode(20, 20, PngFile.Rgba, 16, Pictures.Scene(40, 40).Pixels[..3200], PngFile.Profile(IccProfile.WideRgb())),
        ["webp"] = () => WithMetadata(".webp"),
        ["tiff"] = () => WithMetadata(".tif"),
        ["cmyk"] = () => TiffFile.Encode(20, 20, 4, 8, TiffFile.Separated, Pictures.Scene(40, 40).Pixels[..1600]),
        ["bigtiff"] = () => BigTiffFile.Encode(20, 20, new byte[400], new byte[20], new byte[20]),
        ["selection"] = () => TiffFile.Encode(20, 20, 4, 8, TiffFile.Rgb, Pictures.Scene(40, 40).Pixels[..1600], 1, (TiffFile.ExtraSamples, [0, 0])),
        ["gif"] = () => GifFile.Encode(40, 30, i => (byte)(i % 90)),
        ["avif"] = () => WithMetadata(".avif"),
        ["heic"] = () => WithMetadata(".heic"),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void Damage_gives_a_result_or_one_line(string kind)
    {
        byte[] whole = Files[kind]();
        var random = new Random(kind.Length);
        int read = 0, refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = Damage(whole, random);
            long before = Environment.WorkingSet;
            var watch = Stopwatch.StartNew();
            if (Extends(damaged, kind))
                read++;
            else
                refused++;
            Assert.True(watch.Elapsed < TimeLimit, $"round {round} took {watch.Elapsed}");
            Assert.True(Environment.WorkingSet - before < MemoryLimit, $"round {round} took {(Environment.WorkingSet - before) >> 20} MiB");
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {read} read, {refused} refused");
    }

    private static bool Extends(byte[] file, string kind)
    {
        using var folder = new TemporaryFolder();
        try
        {
            using Photo photo = Photo.FromBytes(file);
            if ((long)photo.Width * photo.Height > 4_000_000)
                return true; // read, and the rest would only take time
            RgbImage source = photo.ToDeviceRgb();
            using Photo extended = photo.Extend(new RgbImage(source.Width + 6, source.Height + 4), 3, 2);
            extended.Save(folder.File(kind switch { "jpeg" or "places" => "a.jpg", "webp" => "a.webp", "tiff" or "cmyk" or "bigtiff" or "selection" => "a.tif", _ => "a.png" }));
            return true;
        }
        catch (PictureException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            Assert.InRange(e.Message.Length, 10, 400);
            return false;
        }
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        byte[] file = [.. whole];
        int head = Math.Min(file.Length, 400);
        switch (random.Next(6))
        {
            case 0:
                return file[..random.Next(1, file.Length)];
            case 1: // a lie in the header
                BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(random.Next(head - 2)), (ushort)(random.Next(2) == 0 ? 0xFFFF : random.Next(65536)));
                break;
            case 2:
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(random.Next(head - 4)), random.Next(3) switch { 0 => uint.MaxValue, 1 => 0x7FFFFFFF, _ => (uint)random.Next() });
                break;
            case 3: // a part twice, or one of another place
                file.AsSpan(random.Next(file.Length - 32), 32).ToArray().CopyTo(file, random.Next(file.Length - 32));
                break;
            default:
                for (int flips = random.Next(1, 9); flips > 0; flips--)
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                break;
        }
        return random.Next(2) == 0 ? file : WithRightChecksums(file);
    }

    // A PNG whose checksums are wrong is refused before anything else is looked at.
    private static byte[] WithRightChecksums(byte[] file)
    {
        if (file.Length < 8 || file[1] != 'P' || file[2] != 'N')
            return file;
        using var mended = new MemoryStream();
        mended.Write(file, 0, 8);
        for (int at = 8; at + 12 <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (length < 0 || length > file.Length - at - 12)
                break;
            mended.Write(PngFile.Chunk(Encoding.Latin1.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return mended.ToArray();
    }

    private static byte[] WithMetadata(string extension)
    {
        using var folder = new TemporaryFolder();
        byte[] jpeg = Pictures.Encode(Pictures.Scene(64, 48), ".jpg");
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. IccProfile.WideRgb()]);
        jpeg = Pictures.InsertJpegSegment(jpeg, 0xE1, ExifFile.Block([ExifFile.Text(0x10F, "Ace")], new byte[40], Pictures.Encode(Pictures.Scene(16, 12), ".jpg", 50)));
        using Photo photo = Photo.FromBytes(jpeg);
        using Photo extended = photo.Extend(Pictures.Scene(70, 50), 3, 1);
        extended.Save(folder.File("a" + extension));
        return File.ReadAllBytes(folder.File("a" + extension));
    }
}

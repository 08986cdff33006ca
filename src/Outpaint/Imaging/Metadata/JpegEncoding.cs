using System.Buffers.Binary;

namespace Outpaint.Imaging.Metadata;

/// <summary>How strongly a JPEG was compressed.</summary>
/// <param name="Quality">libjpeg's scale, 1..100.</param>
/// <param name="IsSubsampled">Whether colour has half the resolution both ways, or less.</param>
internal sealed record JpegEncoding(int Quality, bool IsSubsampled)
{
    private const byte QuantizationTables = 0xDB;

    // ITU-T T.81, table K.1, in the order of the file (zigzag).
    private static ReadOnlySpan<byte> StandardLuminance =>
    [
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
        26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
        56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
        95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
    ];

    /// <summary>Reads the encoding from the segments in front of the scan; null where they do not tell.</summary>
    public static JpegEncoding? Of(IReadOnlyList<JpegSegment> segments)
    {
        JpegSegment? frame = segments.FirstOrDefault(segment => segment.Marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC));
        return Luminance(segments) is { } table && frame is { Data.Length: >= 9 }
            ? new JpegEncoding(ClosestQuality(table), IsHalved(frame.Data))
            : null;
    }

    // Each table: four bits of precision, four of its number; 64 values of one or two bytes. Number 0 is luminance's.
    private static int[]? Luminance(IEnumerable<JpegSegment> segments)
    {
        foreach (byte[] data in segments.Where(segment => segment.Marker == QuantizationTables).Select(segment => segment.Data))
        {
            for (int start = 0, size; start < data.Length; start += 1 + (64 * size))
            {
                size = data[start] >> 4 == 0 ? 1 : 2;
                if (start + 1 + (64 * size) > data.Length)
                    break;
                if ((data[start] & 15) != 0)
                    continue;
                byte[] values = data[(start + 1)..(start + 1 + (64 * size))];
                return [.. values.Chunk(size).Select(value => size == 1 ? value[0] : BinaryPrimitives.ReadUInt16BigEndian(value))];
            }
        }
        return null;
    }

    private static int ClosestQuality(int[] table)
    {
        int best = 1;
        double least = double.MaxValue;
        for (int quality = 1; quality <= 100; quality++)
        {
            double difference = Difference(table, quality);
            // Of equals the better one.
            if (difference <= least)
                (best, least) = (quality, difference);
        }
        return best;
    }

    // jpeg_quality_scaling and jpeg_add_quant_table of libjpeg.
    private static double Difference(int[] table, int quality)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        double sum = 0;
        for (int i = 0; i < table.Length; i++)
            sum += Math.Abs(table[i] - Math.Clamp(((StandardLuminance[i] * percent) + 50) / 100, 1, 255));
        return sum;
    }

    // Frame header: precision, height, width, number of components; each: name, sampling factors, table.
    private static bool IsHalved(byte[] frame)
    {
        int components = frame[5];
        if (components != 3 || frame.Length < 6 + (3 * components))
            return false;
        byte luminance = frame[7], chrominance = frame[10];
        return luminance >> 4 >= 2 * (chrominance >> 4) && (luminance & 15) >= 2 * (chrominance & 15);
    }
}

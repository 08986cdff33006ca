namespace Outpaint.Tracking;

/// <summary>CRC-32 with a reflected polynomial, initial value and final XOR 0xFFFFFFFF.</summary>
internal sealed class Crc32
{
    private readonly uint[] table = new uint[256];

    private Crc32(uint reflectedPolynomial)
    {
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
                value = (value >> 1) ^ ((value & 1) * reflectedPolynomial);
            table[i] = value;
        }
    }

    /// <summary>IEEE 802.3, as in zlib: checks W&amp;B's transaction logs.</summary>
    internal static Crc32 Ieee { get; } = new(0xEDB88320);

    /// <summary>Castagnoli: checks TensorBoard's event files.</summary>
    internal static Crc32 Castagnoli { get; } = new(0x82F63B78);

    /// <summary>The checksum of some bytes.</summary>
    internal uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }
}

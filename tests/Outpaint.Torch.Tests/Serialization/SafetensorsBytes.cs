using System.Buffers.Binary;
using System.Text;

namespace Outpaint.Torch.Tests.Serialization;

/// <summary>Safetensors files put together by hand, so that they can lie.</summary>
internal static class SafetensorsBytes
{
    public static byte[] With(string header, int dataLength) => With(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] With(byte[] header, int dataLength)
    {
        var file = new byte[sizeof(long) + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, sizeof(long));
        return file;
    }
}

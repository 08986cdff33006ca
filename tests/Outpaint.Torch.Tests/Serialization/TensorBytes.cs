namespace Outpaint.Torch.Tests.Serialization;

internal static class TensorBytes
{
    public static byte[] Of(Tensor tensor)
    {
        var bytes = new byte[tensor.ByteCount];
        tensor.CopyBytesTo(bytes);
        return bytes;
    }
}

using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>What the generator learns to refine: the photograph, with a fill in the hole as if made at a lower resolution.</summary>
internal static class Draft
{
    /// <summary>Shrinks the photograph, enlarges it again, and puts that into the hole.</summary>
    /// <param name="original">[N, 3, H, W].</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole.</param>
    /// <param name="scale">How many times smaller the fill was made, above 1.</param>
    internal static Tensor Make(Tensor original, Tensor mask, double scale)
    {
        using Autocast exact = new(original.Device.Type, null);
        long height = original.Size(2), width = original.Size(3);
        long[] small = [(long)Math.Round(height / scale), (long)Math.Round(width / scale)];
        Tensor shrunk = Dispatcher.Call("_upsample_bilinear2d_aa", original, small, false, Argument.None, Argument.None);
        Tensor fill = Dispatcher.Call("upsample_bicubic2d", shrunk, new long[] { height, width }, false, Argument.None, Argument.None);
        return (original + ((fill - original) * mask)).Contiguous(MemoryFormat.ChannelsLast);
    }
}

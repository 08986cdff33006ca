namespace Outpaint.Torch;

/// <summary>The order in which a tensor's elements lie in memory, numbered as in libtorch (c10::MemoryFormat).</summary>
public enum MemoryFormat
{
    /// <summary>Row-major.</summary>
    Contiguous = 0,
    /// <summary>As the source is.</summary>
    Preserve = 1,
    /// <summary>NHWC behind an NCHW shape: what convolutions prefer on most devices (<see cref="TorchRuntime.ConvolutionFormat"/>).</summary>
    ChannelsLast = 2,
}

using Outpaint.Torch;

namespace Outpaint.Models.Features;

/// <summary>A frozen classification network whose inner activations describe a picture.</summary>
public interface IFeatureNetwork : IDisposable
{
    /// <summary>Channels of each returned activation.</summary>
    IReadOnlyList<int> Channels { get; }

    /// <summary>Computes the activations, shallow to deep.</summary>
    /// <param name="image">[N, 3, H, W] in [-1, 1].</param>
    Tensor[] Forward(Tensor image);

    /// <summary>Moves the weights.</summary>
    void To(Device device, MemoryFormat format);
}

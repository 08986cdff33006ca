using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>What the discriminators judge.</summary>
/// <param name="Image">Photographs, whole or outpainted: [N, 3, H, W] in [-1, 1].</param>
/// <param name="Mask">1 where the hole is or was: [N, 1, H, W].</param>
/// <param name="Features">Frozen features of the images, for the discriminators on those.</param>
internal readonly record struct DiscriminatorView(Tensor Image, Tensor Mask, Tensor[] Features);

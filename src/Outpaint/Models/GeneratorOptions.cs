namespace Outpaint.Models;

/// <summary>The generator's size. Saved beside the weights, which fit no other size.</summary>
/// <param name="Width">Channels at half resolution; they double at a quarter and at an eighth.</param>
/// <param name="Depth">Dilated residual blocks at an eighth of the resolution.</param>
public sealed record GeneratorOptions(int Width = 64, int Depth = 8)
{
    /// <summary>Rejects sizes that make no network.</summary>
    /// <exception cref="ArgumentException">Width is not a positive multiple of 8, or depth is below 1.</exception>
    public void Validate()
    {
        if (Width < 8 || Width % 8 != 0)
            throw new ArgumentException($"The generator's width is {Width}; it must be a multiple of 8, such as 64.");
        if (Depth < 1)
            throw new ArgumentException($"The generator's depth is {Depth}; it must be at least 1.");
    }
}

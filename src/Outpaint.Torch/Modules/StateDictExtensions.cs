namespace Outpaint.Torch.Modules;

/// <summary>Reading single tensors of a saved state.</summary>
public static class StateDictExtensions
{
    /// <summary>The tensor of this name.</summary>
    /// <exception cref="StateDictException">There is none.</exception>
    public static Tensor Require(this IReadOnlyDictionary<string, Tensor> state, string name) =>
        state.GetValueOrDefault(name) ?? throw StateDictLoader.Lacking(name);
}

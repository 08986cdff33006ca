namespace Outpaint.Torch.Modules;

/// <summary>Copies saved tensors into live ones by name.</summary>
internal static class StateDictLoader
{
    /// <summary>Checks every name and shape, then copies, converting element types.</summary>
    /// <param name="state">Where the values come from.</param>
    /// <param name="own">Where they go.</param>
    /// <param name="ignoreUnknown">Accept names in the state that nothing here has.</param>
    /// <exception cref="StateDictException">A name is missing, or one too many, or a shape differs.</exception>
    internal static void Copy(IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, Tensor> own, bool ignoreUnknown)
    {
        string[] missing = [.. own.Keys.Where(name => !state.ContainsKey(name))];
        if (missing.Length > 0)
            throw Lacking(missing);
        string[] unknown = [.. state.Keys.Where(name => !own.ContainsKey(name))];
        if (unknown.Length > 0 && !ignoreUnknown)
            throw new StateDictException($"The network has no {Listed(unknown)}; these weights belong to another one.");
        foreach ((string name, Tensor tensor) in own)
            if (!tensor.Shape.AsSpan().SequenceEqual(state[name].Shape))
                throw new StateDictException($"{name} is [{string.Join(", ", tensor.Shape)}] here but [{string.Join(", ", state[name].Shape)}] in the weights.");

        using GradMode noGrad = GradMode.Disabled();
        foreach ((string name, Tensor tensor) in own)
            tensor.Copy_(state[name]);
    }

    /// <summary>What to throw when a state has no tensors of these names.</summary>
    internal static StateDictException Lacking(params string[] names) => new($"The weights lack {Listed(names)}; they belong to another network.");

    private static string Listed(string[] names) =>
        string.Join(", ", names.Take(3)) + (names.Length > 3 ? $" and {names.Length - 3} more" : "");
}

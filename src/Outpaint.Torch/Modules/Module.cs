namespace Outpaint.Torch.Modules;

/// <summary>
/// A part of a network: named parameters (trained), named buffers (kept but not trained) and named children.
/// Names join with dots, as in PyTorch's state dicts.
/// </summary>
public abstract class Module : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> parameters = [];
    private readonly List<(string Name, Tensor Tensor)> buffers = [];
    private readonly List<(string Name, Module Module)> children = [];

    /// <summary>Whether the module behaves as in training; see <see cref="Train"/>.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>Parameters with their full names, in the order of their creation.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> NamedParameters() => Collect(module => module.parameters);

    /// <summary>Buffers with their full names, in the order of their creation.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> NamedBuffers() => Collect(module => module.buffers);

    /// <summary>Parameters without their names.</summary>
    public Tensor[] Parameters() => [.. NamedParameters().Select(parameter => parameter.Tensor)];

    /// <summary>Parameters and buffers by full name. The tensors are the module's own, not copies.</summary>
    public IReadOnlyDictionary<string, Tensor> StateDict() =>
        NamedParameters().Concat(NamedBuffers()).ToDictionary(entry => entry.Name, entry => entry.Tensor);

    /// <summary>Copies values into the parameters and buffers, converting their element type; all or none.</summary>
    /// <param name="state">A value for every parameter and buffer.</param>
    /// <param name="ignoreUnknown">Accept names that the module does not have.</param>
    /// <exception cref="StateDictException">A name is missing, or one too many, or a shape differs.</exception>
    public void LoadStateDict(IReadOnlyDictionary<string, Tensor> state, bool ignoreUnknown = false) =>
        StateDictLoader.Copy(state, StateDict(), ignoreUnknown);

    /// <summary>Switches between training and evaluation behaviour, children included.</summary>
    public void Train(bool enabled = true)
    {
        IsTraining = enabled;
        foreach ((_, Module child) in children)
            child.Train(enabled);
    }

    /// <summary>Whether the parameters collect gradients; a frozen network is false.</summary>
    public void SetRequiresGrad(bool enabled)
    {
        foreach (Tensor parameter in Parameters())
            parameter.RequiresGrad = enabled;
    }

    /// <summary>Forgets the parameters' gradients.</summary>
    public void ZeroGrad()
    {
        foreach (Tensor parameter in Parameters())
            parameter.Grad = null;
    }

    /// <summary>Moves parameters and buffers in place, so that an optimizer's references stay good. Gradients stay behind.</summary>
    /// <param name="device">Where to.</param>
    /// <param name="format">The memory order of what has four dimensions.</param>
    public void To(Device device, MemoryFormat format = MemoryFormat.Preserve)
    {
        using GradMode noGrad = GradMode.Disabled();
        foreach (Tensor tensor in StateDict().Values)
        {
            using Tensor moved = tensor.To(device);
            using Tensor ordered = format == MemoryFormat.Preserve || tensor.Shape.Length != 4 ? moved.Detach() : moved.Contiguous(format);
            tensor.SetData(ordered);
        }
    }

    /// <summary>Releases parameters and buffers, children included.</summary>
    public void Dispose()
    {
        foreach ((_, Tensor tensor) in parameters.Concat(buffers))
            tensor.Dispose();
        foreach ((_, Module child) in children)
            child.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Registers a trained tensor; from now on the module owns it.</summary>
    protected Tensor Parameter(string name, Tensor tensor)
    {
        tensor.RequiresGrad = true;
        parameters.Add((name, tensor));
        return TensorScope.Release(tensor);
    }

    /// <summary>Registers a tensor that is saved with the module but not trained; from now on the module owns it.</summary>
    protected Tensor Buffer(string name, Tensor tensor)
    {
        buffers.Add((name, tensor));
        return TensorScope.Release(tensor);
    }

    /// <summary>Registers a part.</summary>
    protected T Child<T>(string name, T module) where T : Module
    {
        children.Add((name, module));
        return module;
    }

    private IEnumerable<(string Name, Tensor Tensor)> Collect(Func<Module, List<(string Name, Tensor Tensor)>> own) =>
        own(this).Concat(children.SelectMany(
            child => child.Module.Collect(own).Select(entry => ($"{child.Name}.{entry.Name}", entry.Tensor))));
}

using Outpaint.Torch;

namespace Outpaint.Metrics;

/// <summary>The convolutions of a pretrained network, by their names in its weights file, in single precision.</summary>
internal sealed class FrozenConvolutions : IDisposable
{
    private readonly string path;
    private readonly Dictionary<string, Tensor> weights = [];

    /// <summary>Takes over the tensors of a weights file, which <paramref name="path"/> names in messages.</summary>
    public FrozenConvolutions(string path, IReadOnlyDictionary<string, Tensor> state, Device device)
    {
        this.path = path;
        Device = device;
        foreach ((string name, Tensor tensor) in state)
        {
            using Tensor single = tensor.To(DType.Float32);
            weights[name] = single.To(device);
            tensor.Dispose();
        }
    }

    /// <summary>Where the network runs.</summary>
    public Device Device { get; }

    /// <summary>A tensor by its full name.</summary>
    /// <exception cref="KeyNotFoundException">The file lacks it.</exception>
    public Tensor this[string name] => weights.TryGetValue(name, out Tensor? tensor)
        ? tensor
        : throw new KeyNotFoundException($"{path}: lacks {name}; it holds another network's weights.");

    /// <summary>Convolution and ReLU, by default with as much padding as keeps the size.</summary>
    public Tensor Apply(Tensor input, string name, long stride = 1, bool pad = true)
    {
        Tensor kernel = this[name + ".weight"];
        long[] padding = pad ? [kernel.Size(2) / 2, kernel.Size(3) / 2] : [0, 0];
        using Tensor linear = Dispatcher.Call("conv2d", input, kernel, this[name + ".bias"], new[] { stride, stride }, padding);
        return linear.Relu();
    }

    public void Dispose()
    {
        foreach (Tensor tensor in weights.Values)
            tensor.Dispose();
    }
}

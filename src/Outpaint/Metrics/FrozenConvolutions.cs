using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Metrics;

/// <summary>The convolutions of a pretrained network by name, in single precision.</summary>
internal sealed class FrozenConvolutions : Module
{
    private readonly string path;
    private readonly string remedy;
    private readonly Dictionary<string, Tensor> weights = [];

    /// <summary>Copies weights.</summary>
    /// <param name="weights">Weights and biases by name.</param>
    /// <param name="path">The file that they are from, for messages.</param>
    /// <param name="remedy">What to tell a user who gave another network's file.</param>
    public FrozenConvolutions(IReadOnlyDictionary<string, Tensor> weights, string path, string remedy)
    {
        (this.path, this.remedy) = (path, remedy);
        foreach ((string name, Tensor tensor) in weights)
            this.weights[name] = Buffer(name, tensor.To(DType.Float32));
        To(Device.Cpu, TorchRuntime.ConvolutionFormat(Device.Cpu));
    }

    /// <summary>Makes a network from a file and tries it.</summary>
    /// <exception cref="WeightsFormatException">The file lacks a tensor, or one does not fit the others.</exception>
    public static T Load<T>(string path, string remedy, Func<string, T> make, Action<T> probe)
        where T : Module
    {
        using var scope = new TensorScope();
        T? network = null;
        try
        {
            network = make(path);
            probe(network);
            return network;
        }
        catch (Exception e)
        {
            network?.Dispose();
            if (e is StateDictException or TorchException { IsOutOfMemory: false })
                throw new WeightsFormatException(path, e.Message.TrimEnd('.'), remedy);
            throw;
        }
    }

    /// <summary>Where the network runs. A file without tensors runs nowhere: what it lacks is told by what asks for it first.</summary>
    public Device Device => weights.Values.FirstOrDefault()?.Device ?? Device.Cpu;

    /// <summary>A tensor by its full name.</summary>
    /// <exception cref="WeightsFormatException">The file lacks it.</exception>
    public Tensor this[string name] => weights.TryGetValue(name, out Tensor? tensor)
        ? tensor
        : throw new WeightsFormatException(path, $"it lacks '{name}'", remedy);

    /// <summary>Whether the file has a convolution.</summary>
    public bool Has(string name) => weights.ContainsKey(name + ".weight");

    /// <summary>Convolution and ReLU, by default with as much padding as keeps the size.</summary>
    /// <exception cref="WeightsFormatException">The file lacks it, or it does not fit the input.</exception>
    public Tensor Apply(Tensor input, string name, long stride = 1, bool pad = true)
    {
        Tensor kernel = this[name + ".weight"];
        Tensor bias = this[name + ".bias"];
        if (kernel.Shape.Length != 4 || kernel.Size(1) != input.Size(1))
            throw new WeightsFormatException(path, $"'{name}' does not take {input.Size(1)} channels", remedy);
        long[] padding = pad ? [kernel.Size(2) / 2, kernel.Size(3) / 2] : [0, 0];
        Tensor output = Dispatcher.Call("conv2d", input, kernel, bias, new[] { stride, stride }, padding);
        Dispatcher.CallInPlace("relu_", output);
        return output;
    }
}

using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Tracking;

namespace Outpaint.Models;

/// <summary>Describes networks by watching one pass through them, so that no list of layers can fall behind the code.</summary>
internal static class Architecture
{
    /// <summary>The layers that have parameters, in the order in which the pass reaches them.</summary>
    /// <param name="name">The network's name.</param>
    /// <param name="network">The network. It is left as it was.</param>
    /// <param name="forward">A pass through it, in evaluation mode and without gradients; what it makes is released.</param>
    internal static ModelDescription Describe(string name, Module network, Action forward)
    {
        Dictionary<Tensor, string> owners = network.NamedParameters().ToDictionary(parameter => parameter.Tensor, parameter => LayerOf(parameter.Name));
        var calls = new Dictionary<string, (string Operator, long[][] Lists, long[] Output)>();
        bool wasTraining = network.IsTraining;
        network.Train(false);
        using (new TensorScope())
        using (GradMode.Disabled())
        using (new OperatorTrace(Watch))
            forward();
        network.Train(wasTraining);
        return new ModelDescription(name, [.. calls.Select(call => Describe(call.Key, call.Value))]);

        // The last operator that takes a layer's parameter is the layer; those before prepare the kernel.
        void Watch(string called, ReadOnlySpan<Argument> arguments, Tensor result)
        {
            var lists = new List<long[]>();
            string? layer = null;
            foreach (Argument argument in arguments)
            {
                if (argument.Reference is long[] list)
                    lists.Add(list);
                else if (argument.Reference is Tensor tensor && owners.TryGetValue(tensor, out string? owner))
                    layer = owner;
            }

            if (layer is not null)
                calls[layer] = (called, [.. lists], result.Shape);
        }

        LayerDescription Describe(string layer, (string Operator, long[][] Lists, long[] Output) call)
        {
            ParameterDescription[] parameters =
            [
                .. network.NamedParameters()
                    .Where(parameter => LayerOf(parameter.Name) == layer)
                    .Select(parameter => new ParameterDescription(parameter.Name[(layer.Length + 1)..], parameter.Tensor.Shape)),
            ];
            return new LayerDescription(layer, TypeOf(call.Operator, call.Lists, parameters), call.Output, parameters);
        }
    }

    private static string LayerOf(string parameter) => parameter[..parameter.LastIndexOf('.')];

    // As PyTorch prints its layers.
    private static string TypeOf(string called, long[][] lists, ParameterDescription[] parameters)
    {
        if (called != "conv2d" || lists is not [[var stride, ..], _, [var dilation, ..]])
            return called;
        long[] kernel = [.. parameters[0].Shape];
        return $"Conv2d({kernel[1]}, {kernel[0]}, {kernel[2]}{(stride > 1 ? $", stride={stride}" : "")}{(dilation > 1 && kernel[2] > 1 ? $", dilation={dilation}" : "")})";
    }
}

using Outpaint.Testing;
using Outpaint.Torch.Modules;

namespace Outpaint.Torch.Tests.Modules;

public class LayerGradientTests
{
    public LayerGradientTests() => TorchRuntime.Seed(1);

    [Theory]
    [InlineData(3, 1, -1, 1, 1, true)]
    [InlineData(4, 2, 1, 1, 1, true)]
    [InlineData(3, 1, -1, 2, 1, true)]
    [InlineData(3, 2, 0, 1, 2, true)]
    [InlineData(3, 1, -1, 1, 4, false)]
    [InlineData(1, 1, 0, 1, 1, false)]
    public void Conv2d(int kernel, int stride, int padding, int dilation, int groups, bool hasBias) =>
        Verify(new Conv2d(4, 4, kernel, stride, padding, dilation, groups, hasBias));

    [Fact]
    public void Conv2d_with_channels_last_input()
    {
        using Conv2d layer = new(4, 2, 3);
        GradientCheck.UseDoublePrecision(layer.Parameters());
        layer.To(Device.Cpu, MemoryFormat.ChannelsLast);
        Tensor input = GradientCheck.Leaf(2, 4, 5, 4);

        GradientCheck.Verify(() => layer.Forward(input.Contiguous(MemoryFormat.ChannelsLast)), [input, .. layer.Parameters()]);
    }

    [Fact]
    public void Activations()
    {
        Verify(Activation.Relu());
        Verify(Activation.LeakyRelu());
    }

    [Fact]
    public void Sequential() =>
        Verify(new Sequential(new Conv2d(4, 6, 3), Activation.LeakyRelu(), new Conv2d(6, 2, 3, stride: 2)));

    // The singular vectors count as constants, which is exact in evaluation: there the right one follows from the left
    // and the kernel, so that the norm is |W^T u|, whose gradient is u v^T.
    [Fact]
    public void SpectralNormConv2d_in_evaluation()
    {
        SpectralNormConv2d layer = new(new Conv2d(4, 3, 3));
        layer.Train(false);
        Verify(layer);
    }

    // In training it is exact once the power iteration has converged.
    [Fact]
    public void SpectralNormConv2d_in_training()
    {
        using SpectralNormConv2d layer = new(new Conv2d(2, 3, 2, padding: 0));
        GradientCheck.UseDoublePrecision(layer.StateDict().Values);
        Tensor input = GradientCheck.Leaf(1, 2, 3, 3);

        Tensor Converged()
        {
            for (int i = 0; i < 50; i++)
                layer.Forward(input);
            return layer.Forward(input);
        }

        GradientCheck.Verify(Converged, [input, .. layer.Parameters()]);
    }

    private static void Verify(Layer layer)
    {
        GradientCheck.UseDoublePrecision(layer.StateDict().Values);
        Tensor input = GradientCheck.Leaf(2, 4, 5, 4);
        GradientCheck.Verify(() => layer.Forward(input), [input, .. layer.Parameters()]);
        layer.Dispose();
    }
}

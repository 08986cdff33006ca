using Outpaint.Torch.Modules;

namespace Outpaint.Torch.Tests.Modules;

public class SpectralNormConv2dTests
{
    public SpectralNormConv2dTests() => TorchRuntime.Seed(1);

    [Fact]
    public void The_kernel_is_divided_by_its_largest_singular_value()
    {
        using Conv2d convolution = new(6, 8, 3);
        using SpectralNormConv2d layer = new(convolution);
        using Tensor input = Tensor.Randn([1, 6, 9, 9]);
        for (int i = 0; i < 300; i++)
            layer.Forward(input).Dispose();

        double norm = Dispatcher.Call("linalg_svdvals", convolution.Weight.Detach().Reshape(8, -1)).ToArray<float>()[0];
        Tensor expected = convolution.Forward(input) / norm; // the bias is still zero

        Assert.Equal(expected.ToArray<float>(), layer.Forward(input).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void The_first_call_is_already_close()
    {
        using Conv2d convolution = new(6, 8, 3);
        using SpectralNormConv2d layer = new(convolution);
        using Tensor input = Tensor.Randn([1, 6, 9, 9]);

        double norm = Dispatcher.Call("linalg_svdvals", convolution.Weight.Detach().Reshape(8, -1)).ToArray<float>()[0];
        double ratio = layer.Forward(input).Square().Sum().Item() / (convolution.Forward(input) / norm).Square().Sum().Item();

        Assert.Equal(1, ratio, 0.1);
    }

    [Fact]
    public void Only_training_moves_the_singular_vector()
    {
        using SpectralNormConv2d layer = new(new Conv2d(6, 8, 3));
        using Tensor input = Tensor.Randn([1, 6, 9, 9]);
        Tensor vector = layer.StateDict()["u"];
        float[] before = vector.ToArray<float>();

        layer.Train(false);
        layer.Forward(input).Dispose();
        Assert.Equal(before, vector.ToArray<float>());
        layer.Train();
        layer.Forward(input).Dispose();
        Assert.NotEqual(before, vector.ToArray<float>());
    }

    [Fact]
    public void Two_calls_before_one_backward_are_differentiated_as_they_were()
    {
        using SpectralNormConv2d layer = new(new Conv2d(3, 4, 3));
        using Tensor real = Tensor.Randn([1, 3, 8, 8]), fake = Tensor.Randn([1, 3, 8, 8]);

        (layer.Forward(real).Sum() - layer.Forward(fake).Sum()).Backward();

        Assert.All(layer.Parameters(), parameter => Assert.NotNull(parameter.Grad));
    }

    [Fact]
    public void Autocast_lowers_the_convolution_but_not_the_norm()
    {
        TorchRuntime.Seed(3); // a kernel whose norm in bf16 would be off by 0.7 percent; of others it may be right by chance
        using Conv2d convolution = new(6, 8, 3);
        using SpectralNormConv2d layer = new(convolution);
        layer.Train(false);
        using Tensor input = Tensor.Randn([1, 6, 9, 9]);
        double norm = Scale(convolution.Forward(input), layer.Forward(input)); // the bias is still zero
        Tensor lowered, expected;
        using (new Autocast(DeviceType.Cpu, DType.BFloat16))
        {
            lowered = layer.Forward(input);
            // Not the exact result: processors without instructions for bf16 add up in it, and lose a little of everything.
            expected = convolution.Forward(input, convolution.Weight / norm);
        }

        Assert.Equal(DType.BFloat16, lowered.DType);
        Assert.Equal(1, Scale(lowered, expected), 5e-4); // rounding of elements averages out; that of the norm would not

        static double Scale(Tensor one, Tensor other) =>
            (one.To(DType.Float32) * other.To(DType.Float32)).Sum().Item() / other.To(DType.Float32).Square().Sum().Item();
    }
}

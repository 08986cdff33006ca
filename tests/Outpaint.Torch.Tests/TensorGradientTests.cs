using Outpaint.Testing;

namespace Outpaint.Torch.Tests;

public class TensorGradientTests
{
    public TensorGradientTests() => TorchRuntime.Seed(1);

    [Fact]
    public void Arithmetic_with_broadcasting()
    {
        Tensor x = GradientCheck.Leaf(2, 3), y = GradientCheck.Leaf(3);

        GradientCheck.Verify(() => x + y, x, y);
        GradientCheck.Verify(() => x - y, x, y);
        GradientCheck.Verify(() => x * y, x, y);
        GradientCheck.Verify(() => x / (y.Square() + 1), x, y);
        GradientCheck.Verify(() => (2 * -x) + 1 - (3 - (y / 4)), x, y);
    }

    [Fact]
    public void Functions_of_one_element()
    {
        Tensor x = GradientCheck.Leaf(10);

        GradientCheck.Verify(() => x.Abs(), x);
        GradientCheck.Verify(() => x.Square(), x);
        GradientCheck.Verify(() => (x.Square() + 0.1).Sqrt(), x);
        GradientCheck.Verify(() => x.Exp(), x);
        GradientCheck.Verify(() => x.Tanh(), x);
        GradientCheck.Verify(() => x.Clamp(-0.5, 0.5), x);
        GradientCheck.Verify(() => x.Relu(), x);
        GradientCheck.Verify(() => x.LeakyRelu(0.2), x);
        GradientCheck.Verify(() => x.Softplus(), x);
    }

    [Fact]
    public void Products_and_reductions()
    {
        Tensor x = GradientCheck.Leaf(2, 3, 4), y = GradientCheck.Leaf(4, 2);

        GradientCheck.Verify(() => x.MatMul(y), x, y);
        GradientCheck.Verify(() => x.Mean(), x);
        GradientCheck.Verify(() => x.Mean([0, 2], keepDimensions: true), x);
        GradientCheck.Verify(() => x.Sum(), x);
        GradientCheck.Verify(() => x.Sum([1]), x);
    }

    [Fact]
    public void Views_copies_and_joins()
    {
        Tensor x = GradientCheck.Leaf(2, 3), y = GradientCheck.Leaf(2, 3);
        using Tensor rows = Tensor.From<long>([1, 1, 0]);
        using Tensor condition = Tensor.From([true, false, true]);

        GradientCheck.Verify(() => x[1] + x.Select(1, 0).Sum(), x);
        GradientCheck.Verify(() => x.Narrow(1, 1, 2), x);
        GradientCheck.Verify(() => x.IndexSelect(0, rows), x);
        GradientCheck.Verify(() => x.Permute(1, 0).Reshape(1, 6), x);
        GradientCheck.Verify(() => x.Unsqueeze(1).Expand(-1, 4, -1), x);
        GradientCheck.Verify(() => x.Flip(0, 1), x);
        GradientCheck.Verify(() => Tensor.Cat([x, y], 1), x, y);
        GradientCheck.Verify(() => Tensor.Stack([x, y]), x, y);
        GradientCheck.Verify(() => x.Where(condition, y), x, y);
        GradientCheck.Verify(() => x.Clone().To(Device.Cpu), x);
    }

    [Fact]
    public void The_memory_order_does_not_matter()
    {
        Tensor x = GradientCheck.Leaf(2, 3, 2, 2);

        GradientCheck.Verify(() => x.Contiguous(MemoryFormat.ChannelsLast).Square(), x);
    }

    [Fact]
    public void A_wrong_gradient_is_noticed()
    {
        Tensor x = GradientCheck.Leaf(3);

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => GradientCheck.Verify(() => x.Detach() * x, x));
        Assert.Throws<ArgumentException>(() => GradientCheck.Verify(() => x.Square(), x, GradientCheck.Leaf(1)));
    }
}

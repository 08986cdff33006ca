namespace Outpaint.Torch.Tests;

public class AutogradTests
{
    [Fact]
    public void Backward_adds_to_the_gradients_of_the_leaves()
    {
        using Tensor leaf = Leaf(1, 2, 3);

        (leaf * leaf).Sum().Backward();
        Assert.Equal([2.0, 4, 6], leaf.Grad!.ToArray<double>());
        leaf.Sum().Backward();
        Assert.Equal([3.0, 5, 7], leaf.Grad!.ToArray<double>());
        leaf.Grad = null;
        Assert.Null(leaf.Grad);
    }

    [Fact]
    public void A_second_backward_needs_the_graph_kept()
    {
        using Tensor leaf = Leaf(3);
        using Tensor kept = (leaf * leaf).Sum();
        using Tensor freed = (leaf * leaf).Sum();

        kept.Backward(retainGraph: true);
        kept.Backward();
        Assert.Equal(12, leaf.Grad!.Item());
        freed.Backward();
        Assert.StartsWith("Trying to backward through the graph a second time", Assert.Throws<TorchException>(() => freed.Backward()).Message);
    }

    [Fact]
    public void Only_scalars_have_an_implicit_gradient()
    {
        using Tensor leaf = Leaf(1, 2);

        Assert.Equal("grad can be implicitly created only for scalar outputs", Assert.Throws<TorchException>(() => (leaf * 2).Backward()).Message);
    }

    [Fact]
    public void Grad_leaves_the_leaves_alone_and_skips_what_does_not_matter()
    {
        using Tensor used = Leaf(3), unused = Leaf(4);

        Tensor?[] gradients = Autograd.Grad((used * used).Sum(), [used, unused]);

        Assert.Equal(6, gradients[0]!.Item());
        Assert.Null(gradients[1]);
        Assert.Null(used.Grad);
    }

    [Fact]
    public void Grad_differentiates_twice()
    {
        using Tensor x = Leaf(2, -1);

        Tensor first = Autograd.Grad((x * x * x).Sum(), [x], createGraph: true)[0]!; // 3 x^2
        Tensor second = Autograd.Grad(first.Square().Sum(), [x])[0]!; // 36 x^3

        Assert.Equal([12.0, 3], first.ToArray<double>());
        Assert.Equal([288.0, -36], second.ToArray<double>());
    }

    [Fact]
    public void Detach_shares_elements_outside_the_graph()
    {
        using Tensor leaf = Leaf(1);
        using Tensor detached = leaf.Detach();

        Assert.False(detached.RequiresGrad);
        detached.Fill_(5);
        Assert.Equal(5, leaf.Item());
    }

    [Fact]
    public void Grad_mode_switches_recording_and_nests()
    {
        using Tensor leaf = Leaf(1);
        using (GradMode.Disabled())
        {
            Assert.False((leaf * 2).RequiresGrad);
            using (GradMode.Enabled())
                Assert.True((leaf * 2).RequiresGrad);
            Assert.False((leaf * 2).RequiresGrad);
        }

        Assert.True((leaf * 2).RequiresGrad);
    }

    [Fact]
    public void A_grad_mode_that_nobody_made_switches_nothing()
    {
        using Tensor leaf = Leaf(1);
        new GradMode().Dispose();

        Assert.True((leaf * 2).RequiresGrad);
    }

    [Fact]
    public void Inference_tensors_never_enter_a_graph()
    {
        using Tensor leaf = Leaf(1);
        Tensor product;
        using (InferenceMode mode = new())
        {
            product = leaf * 2;
            mode.Dispose(); // a second Dispose, at the end of the block, does nothing
        }

        Assert.False(product.RequiresGrad);
        Assert.StartsWith("Inference tensors cannot be saved for backward.", Assert.Throws<TorchException>(() => leaf * product).Message);
        Assert.True((leaf * 2).RequiresGrad);
    }

    private static Tensor Leaf(params double[] values)
    {
        Tensor leaf = Tensor.From(values);
        leaf.RequiresGrad = true;
        return leaf;
    }
}

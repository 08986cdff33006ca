namespace Outpaint.Torch.Tests;

public class TensorLifetimeTests
{
    [Fact]
    public void A_disposed_tensor_refuses_every_use()
    {
        Tensor gone = Tensor.Zeros([2]);
        using Tensor alive = Tensor.Zeros([2]);
        gone.Dispose();

        Action[] uses =
        [
            () => _ = gone.Shape, () => _ = gone.DType, () => _ = gone.Device, () => _ = gone.ByteCount, () => gone.Size(0),
            () => gone.IsContiguous(), () => _ = gone.RequiresGrad, () => gone.RequiresGrad = true, () => _ = gone.Grad,
            () => gone.Grad = alive, () => alive.Grad = gone, () => gone.Backward(), () => gone.SetData(alive),
            () => alive.SetData(gone), () => gone.ToArray<float>(), () => gone.Item(), () => _ = alive + gone,
            () => Tensor.Cat([alive, gone], 0), () => Autograd.Grad(alive, [gone]), () => TorchRuntime.SetRngState(Device.Cpu, gone),
        ];

        Assert.All(uses, use => Assert.Throws<ObjectDisposedException>(use));
        Assert.Equal("Tensor (disposed)", gone.ToString());
    }

    [Fact]
    public void Disposing_again_does_nothing()
    {
        Tensor tensor = Tensor.Zeros([2]);
        using Tensor view = tensor.Reshape(2, 1);

        tensor.Dispose();
        tensor.Dispose();

        Assert.Equal([0f, 0f], view.ToArray<float>());
    }

    [Fact]
    public void Many_threads_may_dispose_the_same_tensors()
    {
        Tensor[] tensors = [.. Enumerable.Range(0, 20_000).Select(i => Tensor.Full([1], i))];
        using Tensor views = Tensor.Cat(tensors, 0);
        Tensor[] slices = [.. Enumerable.Range(0, tensors.Length).Select(i => views[i])];

        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < tensors.Length; i++)
            {
                tensors[i].Dispose();
                slices[i].Dispose();
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        // A reference released twice would have freed the memory under this tensor.
        Assert.Equal(Enumerable.Range(0, tensors.Length).Select(i => (float)i), views.ToArray<float>());
    }

    [Fact]
    public void A_graph_keeps_what_it_needs_after_the_handles_are_gone()
    {
        using Tensor leaf = Tensor.From<double>([3]);
        leaf.RequiresGrad = true;
        Tensor square = leaf * leaf;
        using Tensor sum = (square * square).Sum();
        square.Dispose();

        sum.Backward();

        Assert.Equal(4 * 27, leaf.Grad!.Item());
    }
}

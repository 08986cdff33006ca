namespace Outpaint.Torch.Tests;

public class AutocastTests
{
    private readonly Tensor left = Tensor.Ones([2, 2]);
    private readonly Tensor right = Tensor.Ones([2, 2]);

    private DType ProductType => left.MatMul(right).DType;

    [Fact]
    public void Products_run_in_the_lower_precision_inside_only()
    {
        Assert.Equal(DType.Float32, ProductType);
        using (new Autocast(DeviceType.Cpu, DType.BFloat16))
        {
            Assert.Equal(DType.BFloat16, ProductType);
            Assert.Equal(DType.Float32, (left + right).DType);
        }

        Assert.Equal(DType.Float32, ProductType);
    }

    [Fact]
    public void An_inner_scope_can_switch_it_off_and_on_again()
    {
        using Autocast lower = new(DeviceType.Cpu, DType.BFloat16);
        using (Autocast off = new(DeviceType.Cpu, null))
        {
            Assert.Equal(DType.Float32, ProductType);
            Assert.Equal(DType.BFloat16, off.OuterType);
            using (Autocast restored = new(DeviceType.Cpu, off.OuterType))
                Assert.Equal(DType.BFloat16, ProductType);
            Assert.Equal(DType.Float32, ProductType);
        }

        Assert.Equal(DType.BFloat16, ProductType);
        Assert.Null(lower.OuterType);
    }

    [Fact]
    public void Scopes_of_different_devices_do_not_mix()
    {
        using Autocast cpu = new(DeviceType.Cpu, DType.BFloat16);
        using (Autocast cuda = new(DeviceType.Cuda, DType.Float16))
            Assert.Null(cuda.OuterType);

        Assert.Equal(DType.BFloat16, ProductType);
    }

    [Fact]
    public void A_refused_scope_changes_nothing()
    {
        // Newer ones accept half precision on a processor.
        _ = Record.Exception(() => new Autocast(DeviceType.Cpu, DType.Float16).Dispose());

        Assert.Equal(DType.Float32, ProductType);
    }

    [Fact]
    public void Disposing_again_does_nothing()
    {
        using Autocast outer = new(DeviceType.Cpu, DType.BFloat16);
        Autocast inner = new(DeviceType.Cpu, null);
        inner.Dispose();
        using Autocast next = new(DeviceType.Cpu, null);
        inner.Dispose();

        Assert.Equal(DType.Float32, ProductType);
    }

    [Fact]
    public void Gradients_of_weights_stay_in_single_precision()
    {
        right.RequiresGrad = true;
        using (new Autocast(DeviceType.Cpu, DType.BFloat16))
            left.MatMul(right).Sum().Backward();

        Assert.Equal(DType.Float32, right.Grad!.DType);
        Assert.Equal([2f, 2, 2, 2], right.Grad!.ToArray<float>());
    }

    [Fact]
    public void Weights_cast_without_recording_still_get_gradients_later_in_the_scope()
    {
        right.RequiresGrad = true;
        using Autocast lower = new(DeviceType.Cpu, DType.BFloat16);
        using (GradMode.Disabled())
            left.MatMul(right).Dispose();
        using (new InferenceMode())
            left.MatMul(right).Dispose();

        left.MatMul(right).Sum().Backward();

        Assert.NotNull(right.Grad);
    }

    [Fact]
    public void Weights_changed_between_scopes_are_cast_anew()
    {
        right.RequiresGrad = true;
        foreach (double value in new[] { 1.0, 3.0 })
        {
            using (GradMode.Disabled())
                right.Fill_(value);
            using Autocast lower = new(DeviceType.Cpu, DType.BFloat16);
            Assert.Equal(2 * value, left.MatMul(right)[0][0].Item());
        }
    }
}

namespace Outpaint.Torch.Tests;

public class TensorShapeTests
{
    private readonly Tensor matrix = Tensor.Arange(0, 6).Reshape(2, 3);

    [Fact]
    public void Views_share_memory_with_their_source()
    {
        matrix[1].Fill_(9);
        matrix.Narrow(1, 1, 2).Fill_(5);
        matrix.Select(1, 0).Copy_(Tensor.From<long>([7, 8]));

        Assert.Equal([7L, 5, 5, 8, 5, 5], matrix.ToArray<long>());
    }

    [Fact]
    public void A_clone_has_memory_of_its_own()
    {
        using Tensor copy = matrix.Clone();
        matrix.Fill_(1);

        Assert.Equal([0L, 1, 2, 3, 4, 5], copy.ToArray<long>());
    }

    [Fact]
    public void Shapes_change_without_changing_the_order()
    {
        Assert.Equal([3, 2], matrix.Reshape(-1, 2).Shape);
        Assert.Equal([2, 1, 3], matrix.Unsqueeze(1).Shape);
        Assert.Equal([0L, 3, 1, 4, 2, 5], matrix.Permute(1, 0).ToArray<long>());
        Assert.Equal([2L, 1, 0, 5, 4, 3], matrix.Flip(1).ToArray<long>());
        Assert.Equal([0L, 1, 2, 0, 1, 2], matrix.Narrow(0, 0, 1).Expand(2, -1).ToArray<long>());
    }

    [Fact]
    public void Rows_are_picked_by_number() =>
        Assert.Equal([3L, 4, 5, 3, 4, 5, 0, 1, 2], matrix.IndexSelect(0, Tensor.From<long>([1, 1, 0])).ToArray<long>());

    [Fact]
    public void Tensors_join_along_an_old_or_a_new_dimension()
    {
        Assert.Equal([2, 6], Tensor.Cat([matrix, matrix], 1).Shape);
        Assert.Equal([0L, 1, 2, 0, 1, 2], Tensor.Stack([matrix[0], matrix[0]]).ToArray<long>());
        Assert.Equal([3, 2], Tensor.Stack([matrix[0], matrix[0]], 1).Shape);
    }

    [Fact]
    public void Where_chooses_element_by_element()
    {
        using Tensor condition = Tensor.From([true, false, true]);

        Assert.Equal([0L, -1, 2, 3, -1, 5], matrix.Where(condition, Tensor.From<long>([-1])).ToArray<long>());
    }

    [Fact]
    public void Channels_last_keeps_the_shape_and_reorders_the_memory()
    {
        using Tensor image = Tensor.Rand([2, 3, 4, 5]);
        using Tensor reordered = image.Contiguous(MemoryFormat.ChannelsLast);

        Assert.True(reordered.IsContiguous(MemoryFormat.ChannelsLast));
        Assert.False(reordered.IsContiguous());
        Assert.Equal(image.Shape, reordered.Shape);
        Assert.Equal(image.ToArray<float>(), reordered.ToArray<float>());
    }

    [Fact]
    public void Conversion_rounds_to_the_other_type()
    {
        using Tensor source = Tensor.From<float>([1.00390625f, -2.75f]); // the first lies between two bf16 numbers

        Assert.Equal([1f, -2.75f], source.To(DType.BFloat16).To(DType.Float32).ToArray<float>());
        Assert.Equal([1L, -2L], source.To(DType.Int64).ToArray<long>());
        Assert.Equal(Device.Cpu, source.To(Device.Cpu).Device);
    }
}

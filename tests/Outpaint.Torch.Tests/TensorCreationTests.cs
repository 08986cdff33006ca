namespace Outpaint.Torch.Tests;

public class TensorCreationTests
{
    [Fact]
    public void Zeros_ones_and_full_hold_their_value()
    {
        Assert.Equal([0f, 0f, 0f], Tensor.Zeros([3]).ToArray<float>());
        Assert.Equal([1L, 1L], Tensor.Ones([2], DType.Int64).ToArray<long>());
        Assert.Equal([2.5, 2.5], Tensor.Full([1, 2], 2.5, DType.Float64).ToArray<double>());
    }

    [Fact]
    public void A_tensor_knows_its_shape_type_and_device()
    {
        using Tensor tensor = Tensor.Zeros([2, 3, 4], DType.Float16);

        Assert.Equal([2, 3, 4], tensor.Shape);
        Assert.Equal(DType.Float16, tensor.DType);
        Assert.Equal(Device.Cpu, tensor.Device);
        Assert.Equal(24, tensor.NumberOfElements);
        Assert.Equal(48, tensor.ByteCount);
        Assert.Equal(4, tensor.Size(-1));
        Assert.Equal("Tensor [2, 3, 4] Float16 cpu", tensor.ToString());
    }

    [Fact]
    public void A_dimension_that_does_not_exist_is_an_error()
    {
        using Tensor tensor = Tensor.Zeros([2, 3]);

        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Size(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Size(-3));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(255)]
    public void A_devices_index_that_cannot_be_is_no_other_device(int index)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros([1], device: new Device(DeviceType.Cuda, index)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(200)]
    public void A_type_an_order_or_a_device_that_does_not_exist_is_an_error(int number)
    {
        using Tensor tensor = Tensor.Zeros([2]);

        Assert.Equal($"there is no element type {number}", Assert.Throws<TorchException>(() => Tensor.Zeros([2], (DType)number)).Message);
        Assert.Throws<TorchException>(() => tensor.To((DType)number));
        Assert.Throws<TorchException>(() => Tensor.FromBytes([0], [1], (DType)number));
        Assert.Throws<TorchException>(() => new Autocast(DeviceType.Cpu, (DType)(number - 1)));
        Assert.Throws<TorchException>(() => tensor.Contiguous((MemoryFormat)number));
        Assert.Throws<TorchException>(() => tensor.IsContiguous((MemoryFormat)number));
        Assert.Equal(
            $"there is no kind of device {number}",
            Assert.Throws<TorchException>(() => tensor.To(new Device((DeviceType)number))).Message);
    }

    [Fact]
    public void What_a_tensor_without_a_shape_cannot_tell_is_an_error()
    {
        using Tensor nested = Dispatcher.Call("_nested_tensor_from_mask", Tensor.Ones([2, 3, 4]), Tensor.Ones([2, 3], DType.Bool));
        using Tensor sparse = Dispatcher.Call("to_sparse_csr", Tensor.Ones([2, 2]));

        Assert.Throws<TorchException>(() => nested.Shape);
        Assert.Throws<TorchException>(() => nested.Size(0));
        Assert.Throws<TorchException>(() => sparse.IsContiguous());
        Assert.Equal("Tensor [?] Float32 cpu", nested.ToString());
    }

    [Fact]
    public void Arange_stops_before_its_end() => Assert.Equal([2L, 3L, 4L], Tensor.Arange(2, 5).ToArray<long>());

    [Fact]
    public void Random_samples_have_the_moments_of_their_distribution()
    {
        TorchRuntime.Seed(1);

        double[] normal = Tensor.Randn([100_000], DType.Float64).ToArray<double>();
        double[] uniform = Tensor.Rand([100_000], DType.Float64).ToArray<double>();

        Assert.Equal(0, normal.Average(), 0.02);
        Assert.Equal(1, normal.Average(x => x * x), 0.02);
        Assert.Equal(0.5, uniform.Average(), 0.01);
        Assert.All(uniform, x => Assert.InRange(x, 0, 1 - 1e-12));
    }

    [Fact]
    public void Values_of_every_element_type_survive_the_round_trip()
    {
        AssertRoundTrip<byte>([0, 1, 255], DType.UInt8);
        AssertRoundTrip<sbyte>([-128, 127], DType.Int8);
        AssertRoundTrip<short>([short.MinValue, 7], DType.Int16);
        AssertRoundTrip<int>([int.MinValue, int.MaxValue], DType.Int32);
        AssertRoundTrip<long>([long.MinValue, long.MaxValue], DType.Int64);
        AssertRoundTrip<Half>([(Half)0.5, Half.NaN], DType.Float16);
        AssertRoundTrip<float>([float.Epsilon, float.NegativeInfinity], DType.Float32);
        AssertRoundTrip<double>([double.MaxValue, Math.PI], DType.Float64);
        AssertRoundTrip<bool>([true, false, true], DType.Bool);
    }

    [Fact]
    public void Bytes_come_back_row_major_from_a_transposed_tensor()
    {
        using Tensor matrix = Tensor.From<int>([1, 2, 3, 4, 5, 6], 2, 3);

        Assert.Equal([1, 4, 2, 5, 3, 6], matrix.Permute(1, 0).ToArray<int>());
    }

    [Fact]
    public void An_empty_tensor_has_no_bytes()
    {
        using Tensor empty = Tensor.FromBytes([], [0, 3], DType.Float32);

        Assert.Equal([0, 3], empty.Shape);
        Assert.Empty(empty.ToArray<float>());
    }

    [Fact]
    public void A_wrong_number_of_bytes_is_an_error()
    {
        Assert.Equal("a tensor of shape [2, 2] takes 16 bytes, not 12", Assert.Throws<TorchException>(
            () => Tensor.From<float>([1, 2, 3], 2, 2)).Message);
        Assert.Equal("the tensor holds 8 bytes, not 4", Assert.Throws<TorchException>(
            () => Tensor.Zeros([2]).CopyBytesTo(new byte[4])).Message);
    }

    [Fact]
    public void Reading_as_another_type_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Tensor.Zeros([2]).ToArray<double>());

    [Fact]
    public void More_than_an_array_takes_is_an_error()
    {
        using Tensor large = Tensor.Zeros([1]).Expand(1 << 29);

        Assert.Equal(
            "An array takes less than 2 GiB, not the 2147483648 bytes of Tensor [536870912] Float32 cpu; read it in parts.",
            Assert.Throws<InvalidOperationException>(() => large.ToArray<float>()).Message);
    }

    [Fact]
    public void Item_reads_one_element_of_any_type_and_refuses_more()
    {
        Assert.Equal(7, Tensor.From<byte>([7]).Item());
        Assert.Equal(1, Tensor.Full([], 1, DType.Bool).Item());
        Assert.Equal(-0.5, Tensor.Full([1, 1], -0.5, DType.BFloat16).Item());
        Assert.Throws<InvalidOperationException>(() => Tensor.Zeros([2]).Item());
        Assert.Throws<InvalidOperationException>(() => Tensor.Zeros([0]).Item());
    }

    private static void AssertRoundTrip<T>(T[] values, DType dtype) where T : unmanaged
    {
        using Tensor tensor = Tensor.From(values);
        Assert.Equal(dtype, tensor.DType);
        Assert.Equal(values, tensor.ToArray<T>());
    }
}

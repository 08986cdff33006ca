namespace Outpaint.Torch.Tests;

public class TensorArithmeticTests
{
    private readonly Tensor matrix = Tensor.From<double>([1, -2, 3, 4, 5, -6], 2, 3);
    private readonly Tensor row = Tensor.From<double>([10, 20, 30]);
    private readonly Tensor column = Tensor.From<double>([2, 4], 2, 1);

    [Fact]
    public void Tensors_broadcast_against_rows_and_columns()
    {
        AssertValues([11, 18, 33, 14, 25, 24], matrix + row);
        AssertValues([-9, -22, -27, -6, -15, -36], matrix - row);
        AssertValues([2, -4, 6, 16, 20, -24], matrix * column);
        AssertValues([0.5, -1, 1.5, 1, 1.25, -1.5], matrix / column);
        Assert.Equal([2, 3], (row / column).Shape);
    }

    [Fact]
    public void Numbers_apply_to_every_element()
    {
        AssertValues([11, 21, 31], row + 1);
        AssertValues([9, 19, 29], row - 1);
        AssertValues([-9, -19, -29], 1 - row);
        AssertValues([20, 40, 60], row * 2);
        AssertValues([20, 40, 60], 2 * row);
        AssertValues([5, 10, 15], row / 2);
        AssertValues([-10, -20, -30], -row);
    }

    [Fact]
    public void A_number_turns_integers_into_reals()
    {
        using Tensor integers = Tensor.From<long>([1, 2]);

        Assert.Equal([2.5f, 3.5f], (integers + 1.5).ToArray<float>());
        Assert.Equal([2L, 4L], (integers + integers).ToArray<long>());
        Assert.Throws<TorchException>(() => integers.Mul_(2));
    }

    [Fact]
    public void Functions_match_the_standard_library()
    {
        double[] x = matrix.ToArray<double>();

        AssertValues([.. x.Select(Math.Abs)], matrix.Abs());
        AssertValues([.. x.Select(v => v * v)], matrix.Square());
        AssertValues([.. x.Select(v => Math.Sqrt(Math.Abs(v)))], matrix.Abs().Sqrt());
        AssertValues([.. x.Select(Math.Exp)], matrix.Exp());
        AssertValues([.. x.Select(Math.Tanh)], matrix.Tanh());
        AssertValues([.. x.Select(v => Math.Max(0, v))], matrix.Relu());
        AssertValues([.. x.Select(v => v > 0 ? v : 0.1 * v)], matrix.LeakyRelu(0.1));
        AssertValues([.. x.Select(v => Math.Log(1 + Math.Exp(v)))], matrix.Softplus());
        AssertValues([.. x.Select(v => Math.Clamp(v, -1, 3))], matrix.Clamp(-1, 3));
    }

    [Fact]
    public void Softplus_does_not_overflow() => AssertValues([0, 1000], Tensor.From<double>([-1000, 1000]).Softplus());

    [Fact]
    public void Halves_round_to_even() => AssertValues([0, 2, 2, -2], Tensor.From<double>([0.5, 1.5, 2.5, -1.5]).Round());

    [Fact]
    public void Sums_and_means_reduce_all_or_some_dimensions()
    {
        Assert.Equal(5, matrix.Sum().Item());
        Assert.Equal(5.0 / 6, matrix.Mean().Item(), 1e-12);
        AssertValues([5, 3, -3], matrix.Sum([0]));
        AssertValues([2.0 / 3, 1], matrix.Mean([1]));
        Assert.Equal([2, 1], matrix.Mean([1], keepDimensions: true).Shape);
    }

    [Fact]
    public void A_matrix_product_is_batched_over_the_leading_dimensions()
    {
        AssertValues([60, -40], matrix.MatMul(row.Reshape(3, 1)));
        AssertValues([60, -40, 60, -40], Tensor.Stack([matrix, matrix]).MatMul(row.Reshape(3, 1)));
    }

    [Fact]
    public void In_place_operations_change_the_tensor_and_its_views()
    {
        Tensor first = matrix[0];

        matrix.Add_(row, scale: 0.1);
        AssertValues([2, 0, 6], first);
        matrix.Mul_(2);
        AssertValues([4, 0, 12], first);
        first.Fill_(7);
        AssertValues([7, 7, 7, 10, 14, -6], matrix);
        matrix.Copy_(Tensor.From<float>([1, 2, 3]));
        AssertValues([1, 2, 3, 1, 2, 3], matrix);
    }

    private static void AssertValues(double[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.ToArray<double>(), (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a)));
}

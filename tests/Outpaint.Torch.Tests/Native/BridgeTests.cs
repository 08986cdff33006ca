using System.Runtime.InteropServices;
using Outpaint.Torch.Native;

namespace Outpaint.Torch.Tests.Native;

/// <summary>What the bridge answers to mistakes that the layer above it does not make.</summary>
public unsafe class BridgeTests
{
    [Fact]
    public void A_dimension_that_there_is_not_is_an_error()
    {
        using Tensor tensor = Tensor.Zeros([2, 3]);

        foreach (long dimension in new[] { 2, -1, long.MaxValue, long.MinValue })
        {
            Assert.Equal(-1, NativeMethods.ot_tensor_size(tensor, dimension));
            Assert.Contains("invalid index", LastError(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_null_tensor_is_an_error()
    {
        nint result = 0;
        long size = 0;

        Assert.All(
            [
                NativeMethods.ot_tensor_dimensions(null!), NativeMethods.ot_tensor_size(null!, 0), NativeMethods.ot_tensor_sizes(null!, &size),
                NativeMethods.ot_tensor_dtype(null!), NativeMethods.ot_tensor_device(null!), NativeMethods.ot_tensor_is_contiguous(null!, 0),
                NativeMethods.ot_tensor_requires_grad(null!), NativeMethods.ot_tensor_set_requires_grad(null!, 1),
                NativeMethods.ot_tensor_copy_bytes(null!, &size, 8), NativeMethods.ot_tensor_set_grad(null!, null),
                NativeMethods.ot_tensor_set_data(null!, null!), NativeMethods.ot_tensor_grad(null!, &result), NativeMethods.ot_backward(null!, 0),
            ],
            answer => Assert.Equal(-1, answer));
        Assert.Equal("there is no tensor", LastError());
    }

    [Fact]
    public void A_negative_length_is_an_error()
    {
        using Tensor tensor = Tensor.Zeros([2, 3]);
        nint result = 0;
        nint* results;
        int count;
        long number = 0;
        nint sum = NativeMethods.ot_operator_find("aten::sum", "dim_IntList"), neg = NativeMethods.ot_operator_find("aten::neg", "");
        var arguments = stackalloc NativeValue[]
        {
            new NativeValue { Kind = ArgumentKind.Tensor, Pointer = tensor.Handle },
            new NativeValue { Kind = ArgumentKind.IntList, Length = -1, Pointer = (nint)(&number) },
        };

        Assert.All(
            [
                NativeMethods.ot_tensor_from_bytes(&number, 4, &number, -1, (int)DType.Float32, &result),
                NativeMethods.ot_grad(tensor, &result, -1, 0, &result),
                NativeMethods.ot_operator_call(neg, arguments, -1, &results, &count),
                NativeMethods.ot_operator_call(sum, arguments, 2, &results, &count),
            ],
            answer => Assert.Equal(-1, answer));
        Assert.Equal("a length of -1", LastError());
    }

    private static string? LastError() => Marshal.PtrToStringUTF8(NativeMethods.ot_last_error());
}

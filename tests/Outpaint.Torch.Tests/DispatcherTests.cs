namespace Outpaint.Torch.Tests;

public class DispatcherTests
{
    [Fact]
    public void An_unknown_operator_is_named_in_the_error()
    {
        Assert.StartsWith("libtorch ", Message(() => Dispatcher.Call("no_such_operator")));
        Assert.EndsWith(" has no operator aten::add.NoSuchOverload", Message(() => Dispatcher.Call("add.NoSuchOverload")));
    }

    [Fact]
    public void Wrong_shapes_give_the_first_line_of_libtorchs_message()
    {
        Assert.Equal(
            "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
            Message(() => Tensor.Zeros([2]) + Tensor.Zeros([3])));
        Assert.Equal(
            "Given groups=1, weight of size [4, 3, 1, 1], expected input[1, 2, 8, 8] to have 3 channels, but got 2 channels instead",
            Message(() => Dispatcher.Call("conv2d", Tensor.Zeros([1, 2, 8, 8]), Tensor.Zeros([4, 3, 1, 1]))));
    }

    [Fact]
    public void Too_little_memory_is_told_from_other_errors()
    {
        Assert.True(Assert.Throws<TorchException>(() => Tensor.Zeros([1L << 48])).IsOutOfMemory);
        Assert.True(new TorchException("CUDA out of memory. Tried to allocate 2.00 GiB").IsOutOfMemory);
        Assert.True(new TorchException("cuDNN error: CUDNN_STATUS_ALLOC_FAILED").IsOutOfMemory);
        Assert.False(Assert.Throws<TorchException>(() => Dispatcher.Call("neg", 1)).IsOutOfMemory);
    }

    [Fact]
    public void A_list_of_all_backends_is_cut_off_the_message_and_kept()
    {
        var refusal = Assert.Throws<TorchException>(() => Dispatcher.Call("_indices", Tensor.Zeros([2])));

        Assert.StartsWith("Could not run 'aten::_indices' with arguments from the 'CPU' backend.", refusal.Message);
        Assert.InRange(refusal.Message.Length, 100, 301);
        Assert.DoesNotContain("SparseCPU", refusal.Message);
        Assert.Contains("SparseCPU", refusal.Details);
        Assert.Contains(refusal.Details, refusal.ToString());
    }

    [Fact]
    public void Too_few_and_too_many_arguments_are_errors()
    {
        using Tensor tensor = Tensor.Zeros([2]);

        Assert.Equal("argument 'other' has no default", Message(() => Dispatcher.Call("add.Tensor", tensor)));
        Assert.Equal("aten::neg takes 1 arguments, not 2", Message(() => Dispatcher.Call("neg", tensor, tensor)));
    }

    [Fact]
    public void An_argument_of_the_wrong_type_is_an_error()
    {
        Assert.Throws<TorchException>(() => Dispatcher.Call("neg", 1));
        Assert.Throws<TorchException>(() => Dispatcher.Call("sum.dim_IntList", Tensor.Zeros([2]), "0"));
        Assert.Throws<TorchException>(() => Dispatcher.Call("neg", Argument.None));
    }

    [Fact]
    public void An_argument_of_the_wrong_type_is_named_in_the_error()
    {
        using Tensor tensor = Tensor.Zeros([2]);

        foreach (var (call, name, argument) in new (Func<object>, string, string)[]
        {
            (() => Dispatcher.Call("unsqueeze", tensor, 1.5), "aten::unsqueeze", "dim"),
            (() => Dispatcher.Call("neg", 1), "aten::neg", "self"),
            (() => Dispatcher.Call("add.Tensor", tensor, tensor, "1"), "aten::add", "alpha"),
            (() => Dispatcher.Call("sum.dim_IntList", tensor, "0"), "aten::sum", "dim"),
            (() => Dispatcher.Call("sum.dim_IntList", tensor, new double[] { 0 }), "aten::sum", "dim"),
            (() => Dispatcher.Call("sum.dim_IntList", tensor, new long[] { 0 }, 1), "aten::sum", "keepdim"),
        })
        {
            string message = Message(call);
            Assert.StartsWith(name + "() Expected a value of type ", message);
            Assert.Contains($"for argument '{argument}' ", message);
        }

        // A truth value passes for a number, so that what is wrong here is the shape.
        Assert.StartsWith("Trying to create tensor with negative dimension", Message(() => Dispatcher.Call("full", new long[] { -1 }, true)));
    }

    [Fact]
    public void Lists_of_reals_and_of_truth_values_reach_the_operator()
    {
        using Tensor image = Tensor.Ones([1, 1, 2, 2]);
        using Tensor kernel = Tensor.Ones([1, 1, 1, 1]);
        Tensor[] Gradients(params bool[] wanted) => Dispatcher.CallMany(
            "convolution_backward", image, image, kernel, new long[] { 1 }, new long[] { 1, 1 }, new long[] { 0, 0 }, new long[] { 1, 1 },
            false, new long[] { 0, 0 }, 1, wanted);

        Assert.Equal([1, 1, 6, 3], Dispatcher.Call("upsample_nearest2d.vec", image, Argument.None, new[] { 3, 1.5 }).Shape);
        Assert.Equal([4f], Gradients(true, true, true)[2].ToArray<float>());
        Assert.Throws<TorchException>(() => Gradients(true, true, false));
    }

    [Fact]
    public void An_operator_with_another_kind_of_result_is_an_error()
    {
        using Tensor tensor = Tensor.Zeros([2]);

        Assert.Equal("equal did not return one tensor", Message(() => Dispatcher.Call("equal", tensor, tensor)));
        Assert.Equal("unbind.int did not return one tensor", Message(() => Dispatcher.Call("unbind.int", tensor)));
        Assert.Equal("equal did not return tensors only", Message(() => Dispatcher.CallMany("equal", tensor, tensor)));
    }

    [Fact]
    public void Arguments_left_out_take_their_defaults()
    {
        using Tensor tensor = Tensor.From<float>([1, 2]);

        Assert.Equal([2f, 4f], Dispatcher.Call("add.Tensor", tensor, tensor).ToArray<float>());
        Assert.Equal([2f, 4f], Dispatcher.Call("add.Tensor", tensor, tensor, Argument.Default).ToArray<float>());
        Assert.Equal([4f, 8f], Dispatcher.Call("add.Tensor", tensor, tensor, 3).ToArray<float>());
    }

    [Fact]
    public void Several_results_come_back_in_order()
    {
        Tensor[] results = Dispatcher.CallMany("max.dim", Tensor.From<float>([3, 9, 4, 1], 2, 2), 1);

        Assert.Equal([9f, 4f], results[0].ToArray<float>());
        Assert.Equal([1L, 0L], results[1].ToArray<long>());
    }

    [Fact]
    public void A_missing_tensor_in_an_index_list_stands_for_the_whole_dimension()
    {
        using Tensor matrix = Tensor.Arange(0, 6).Reshape(2, 3);
        using Tensor columns = Tensor.From<long>([2, 0]);

        Assert.Equal([2L, 0, 5, 3], Dispatcher.Call("index.Tensor", matrix, new Tensor?[] { null, columns }).ToArray<long>());
    }

    [Fact]
    public void Integers_pass_for_real_numbers_and_strings_for_names()
    {
        using Tensor square = Tensor.From<float>([2, 0, 0, 2], 2, 2);

        Assert.Equal([2f, 0, 0, 2], Dispatcher.Call("nan_to_num", square, 1).ToArray<float>());
        Assert.Equal([2f, 0, 0, 0], Dispatcher.Call("div.Tensor_mode", square, Tensor.From<float>([1, 3, 1, 3], 2, 2), "floor").ToArray<float>());
    }

    [Fact]
    public void Threads_call_operators_at_the_same_time()
    {
        using Tensor shared = Tensor.From<double>([1, 2, 3, 4], 2, 2);

        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                using TensorScope scope = new();
                Tensor[] largest = Dispatcher.CallMany("max.dim", shared * thread, 1);
                Assert.Equal([2.0 * thread, 4.0 * thread], largest[0].ToArray<double>());
                Assert.Throws<TorchException>(() => shared.Reshape(thread + 5));
            }
        });
    }

    private static string Message(Func<object> call) => Assert.Throws<TorchException>(call).Message;
}

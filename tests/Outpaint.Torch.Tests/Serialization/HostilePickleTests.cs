using Outpaint.Torch.Serialization;
using Outpaint.Torch.Serialization.Pickle;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class HostilePickleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // python3 -c "import pickle, os; E = type('E', (), {'__reduce__': lambda self: (os.system, ('touch pwned',))});
    //   print(pickle.dumps({'weight': E()}, P).hex())" for P = 2 and 4
    [Theory]
    [InlineData("80027d71005806000000776569676874710163706f7369780a73797374656d0a7102580b000000746f7563682070776e65647103857104527105732e", "posix.system")]
    [InlineData("80049532000000000000007d948c06776569676874948c05706f736978948c0673797374656d9493948c0b746f7563682070776e65649485945294732e", "protocol 4")]
    public void A_pickled_command_is_refused(string pickle, string problem) =>
        AssertRefused(Convert.FromHexString(pickle), problem);

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("torch", "load")]
    [InlineData("torch.hub", "load")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("collections", "OrderedDict.__init__")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    [InlineData("torch", "ExoticStorage")]
    public void Every_unknown_global_is_refused_by_name(string module, string name) =>
        AssertRefused(new PickleBuilder().Global(module, name).Stop(), $"{module}.{name}");

    [Fact]
    public void A_known_callable_takes_only_its_own_arguments()
    {
        AssertRefused(
            new PickleBuilder().Global("collections", "OrderedDict").Integers(1).Op(PickleOpcode.Reduce).Stop(), "unknown arguments");
        AssertRefused(
            new PickleBuilder().Text("print").Integers(1).Op(PickleOpcode.Reduce).Stop(), "unknown arguments");
        AssertRefused(
            new PickleBuilder().Global("torch", "Size").Text("2").Op(PickleOpcode.Reduce).Stop(), "without a tuple");
    }

    [Theory]
    [InlineData((byte)'i')] // INST
    [InlineData((byte)'o')] // OBJ
    [InlineData(0x81)] // NEWOBJ
    [InlineData(0x82)] // EXT1
    [InlineData(0x93)] // STACK_GLOBAL
    [InlineData((byte)'P')] // PERSID
    public void Instructions_that_make_objects_are_refused(byte opcode) =>
        AssertRefused(new PickleBuilder().Op((PickleOpcode)opcode).Stop(), "which state dicts do not need");

    [Fact]
    public void Attributes_are_set_on_nothing_but_dicts() =>
        AssertRefused(
            new PickleBuilder().Global("torch", "Size").Op(PickleOpcode.EmptyDict).Op(PickleOpcode.Build).Stop(), "wrong kind");

    [Theory]
    [InlineData(1, new long[] { 4 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 3, 1 })]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(3, new long[] { 2 }, new long[] { -1 })]
    [InlineData(0, new long[] { -2 }, new long[] { 1 })]
    [InlineData(0, new long[] { 2 }, new long[] { 1, 1 })]
    [InlineData(0, new long[] { 1_000_000_000 }, new long[] { 0 })]
    [InlineData(0, new long[] { long.MaxValue, 4 }, new long[] { 1, 1 })]
    [InlineData(0, new long[] { 2, 2 }, new long[] { long.MaxValue, long.MaxValue })]
    [InlineData(long.MaxValue, new long[] { 2 }, new long[] { long.MaxValue })]
    public void A_view_outside_its_storage_is_refused(long offset, long[] shape, long[] strides) =>
        AssertRefused(
            new PickleBuilder().Op(PickleOpcode.EmptyDict).Item("a", value => value.Tensor(offset, shape, strides)).Stop(),
            "does not fit into its storage");

    [Fact]
    public void A_dict_inside_itself_is_refused()
    {
        byte[] pickle = new PickleBuilder()
            .Op(PickleOpcode.EmptyDict).Op(PickleOpcode.BinPut, 0)
            .Item("self", value => value.Op(PickleOpcode.BinGet, 0))
            .Stop();

        AssertRefused(pickle, "nested without end");
    }

    [Fact]
    public void Dicts_that_multiply_are_refused()
    {
        PickleBuilder pickle = new PickleBuilder().Op(PickleOpcode.EmptyDict).Op(PickleOpcode.BinPut, 0);
        for (byte level = 1; level < 31; level++)
            pickle.Op(PickleOpcode.EmptyDict)
                .Item("left", value => value.Op(PickleOpcode.BinGet, (byte)(level - 1)))
                .Item("right", value => value.Op(PickleOpcode.BinGet, (byte)(level - 1)))
                .Op(PickleOpcode.BinPut, level);

        AssertRefused(pickle.Stop(), "nested without end");
    }

    [Fact]
    public void Two_tensors_of_one_name_are_refused()
    {
        byte[] pickle = new PickleBuilder()
            .Op(PickleOpcode.EmptyDict)
            .Item("a.b", value => value.Tensor(0, [], []))
            .Item("a", value => value.Op(PickleOpcode.EmptyDict).Item("b", inner => inner.Tensor(0, [], [])))
            .Stop();

        AssertRefused(pickle, "two tensors are named 'a.b'");
    }

    [Fact]
    public void What_holds_no_tensors_is_refused()
    {
        AssertRefused(new PickleBuilder().Integer(3).Stop(), "no dictionary of tensors");
        AssertRefused(new PickleBuilder().Op(PickleOpcode.EmptyDict).Stop(), "holds no tensors");
    }

    [Fact]
    public void A_broken_stack_is_refused()
    {
        AssertRefused([], "ends too early");
        AssertRefused(new PickleBuilder().Stop(), "where there is none");
        AssertRefused(new PickleBuilder().Integer(1).Op(PickleOpcode.Mark).Stop(), "where there is none");
        AssertRefused(new PickleBuilder().Op(PickleOpcode.Tuple).Stop(), "never opened");
        AssertRefused(new PickleBuilder().Op(PickleOpcode.BinGet, 9).Stop(), "never stored");
        AssertRefused(new PickleBuilder().Op(PickleOpcode.BinUnicode, 255, 255, 255, 255).Stop(), "ends too early");
        AssertRefused(new PickleBuilder().Op(PickleOpcode.BinUnicode, 1, 0, 0, 0, 255).Stop(), "not UTF-8");
        AssertRefused(new PickleBuilder().Op(PickleOpcode.EmptyDict).Op(PickleOpcode.Mark).Integer(1).Op(PickleOpcode.SetItems).Stop(), "without a value");
    }

    public void Dispose() => folder.Dispose();

    private void AssertRefused(byte[] pickle, string problem)
    {
        using var scope = new TensorScope();
        string path = folder.Write("a.pth", PickleBuilder.Archive(pickle));

        string message = Assert.Throws<WeightsFormatException>(() => StateDictFile.Load(path)).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}

using Outpaint.Torch.Serialization;
using Outpaint.Torch.Serialization.Pickle;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class LegacyStateDictTests : IDisposable
{
    // pickle.dumps(torch.serialization.MAGIC_NUMBER, 2), and of PROTOCOL_VERSION
    private static readonly byte[] Magic = Convert.FromHexString("80028a0a6cfc9c46f9206aa850192e");
    private static readonly byte[] Version = Convert.FromHexString("80024de9032e");
    private static readonly byte[] LittleEndian = Dict().Item("little_endian", value => value.Op(PickleOpcode.NewTrue)).Stop();
    private static readonly byte[] Weight = Dict().Item("weight", value => value.LegacyTensor(NoView)).Stop();
    private static readonly byte[] Keys = List().Text("0").Op(PickleOpcode.Append).Stop();
    private static readonly byte[] FourFloats = [.. BitConverter.GetBytes(4L), .. new[] { 0f, 1, 2, 3 }.SelectMany(BitConverter.GetBytes)];

    private readonly TemporaryFolder folder = new();
    private readonly TensorScope scope = new();

    [Fact]
    public void A_checkpoint_written_by_PyTorch_is_read()
    {
        IReadOnlyDictionary<string, Tensor> tensors = Load(TorchSaved.LegacyCheckpoint);

        Assert.Equal(["bool", "empty", "f16", "f32", "i64", "parameter", "tail", "transposed"], tensors.Keys.Order());
        Assert.Equal([2, 3], tensors["f32"].Shape);
        Assert.Equal([0f, 1, 2, 3, 4, 5], tensors["f32"].ToArray<float>());
        Assert.Equal([3, 2], tensors["transposed"].Shape);
        Assert.Equal([0f, 3, 1, 4, 2, 5], tensors["transposed"].ToArray<float>());
        Assert.Equal([4f, 5], tensors["tail"].ToArray<float>());
        Assert.Equal([(Half)1, (Half)2], tensors["f16"].ToArray<Half>());
        Assert.Equal(7, tensors["i64"].Item());
        Assert.Equal([true, false], tensors["bool"].ToArray<bool>());
        Assert.Equal([1f, 1], tensors["parameter"].ToArray<float>());
        Assert.Equal([0, 3], tensors["empty"].Shape);
    }

    [Fact]
    public void The_tensors_of_2017_are_read() =>
        Assert.Equal([0f, 1, 2, 3], Load([.. Magic, .. Version, .. LittleEndian, .. Weight, .. Keys, .. FourFloats])["weight"].ToArray<float>());

    [Fact]
    public void Cutting_the_file_anywhere_is_noticed()
    {
        byte[] file = TorchSaved.LegacyCheckpoint;

        for (int length = 1; length < file.Length; length++)
            AssertRefused("damaged", file[..length]);
    }

    [Theory]
    [InlineData(5, "reach beyond the end")]
    [InlineData(long.MaxValue, "reach beyond the end")]
    [InlineData(-1, "reach beyond the end")]
    [InlineData(3, "4 bytes follow the last storage")]
    public void A_count_that_lies_is_refused(long count, string problem) =>
        AssertRefused(problem, Magic, Version, LittleEndian, Weight, Keys, BitConverter.GetBytes(count), FourFloats[sizeof(long)..]);

    [Fact]
    public void A_tensor_larger_than_its_storage_is_refused() =>
        AssertRefused("does not fit into its storage", Magic, Version, LittleEndian, Weight, Keys, BitConverter.GetBytes(1L), BitConverter.GetBytes(1f));

    [Fact]
    public void Storages_and_their_list_must_agree()
    {
        AssertRefused("lacks the storage '0'", Magic, Version, LittleEndian, Weight, List().Stop());
        AssertRefused("lacks the list", Magic, Version, LittleEndian, Weight, Dict().Stop());
        AssertRefused("'1' that no tensor has", Magic, Version, LittleEndian, Weight, List().Text("1").Op(PickleOpcode.Append).Stop());
        AssertRefused(
            "'0' twice", Magic, Version, LittleEndian, Weight,
            List().Op(PickleOpcode.Mark).Text("0").Text("0").Op(PickleOpcode.Appends).Stop(), FourFloats, FourFloats);
    }

    [Fact]
    public void A_view_of_another_storage_is_refused()
    {
        byte[] pickle = Dict()
            .Item("weight", value => value.LegacyTensor(view => view.Op(PickleOpcode.Mark).Text("1").Integer(2).Integer(2).Op(PickleOpcode.Tuple)))
            .Stop();

        AssertRefused("view of another", Magic, Version, LittleEndian, pickle, Keys, FourFloats);
    }

    [Fact]
    public void A_big_endian_machine_is_refused()
    {
        byte[] bigEndian = Dict().Item("little_endian", value => value.Op(PickleOpcode.NewFalse)).Stop();

        AssertRefused("little-endian", Magic, Version, bigEndian, Weight, Keys, FourFloats);
    }

    [Fact]
    public void Other_pickles_are_refused()
    {
        AssertRefused("not one of torch.save", Dict().Stop());
        AssertRefused("protocol is not 1001", Magic, new PickleBuilder().Integer(1002).Stop());
    }

    // python3 -c "import pickle, os; E = type('E', (), {'__reduce__': lambda self: (os.system, ('touch pwned',))});
    //   print(pickle.dumps({'weight': E()}, 2).hex())"
    [Fact]
    public void A_command_in_any_of_the_pickles_is_refused()
    {
        byte[] command = Convert.FromHexString(
            "80027d71005806000000776569676874710163706f7369780a73797374656d0a7102580b000000746f7563682070776e65647103857104527105732e");
        byte[][] parts = [Magic, Version, LittleEndian, Weight, Keys];

        for (int i = 0; i < parts.Length; i++)
            AssertRefused("posix.system", [.. parts[..i], command, .. parts[(i + 1)..], FourFloats]);
    }

    [Fact]
    public void A_text_of_absurd_length_is_refused_even_where_the_file_is_longer()
    {
        const int Length = 1 << 25;
        byte[] pickle = new PickleBuilder().Op(PickleOpcode.BinUnicode, BitConverter.GetBytes(Length)).Stop();

        AssertRefused("text of more than", Magic, Version, pickle, new byte[Length]);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static PickleBuilder Dict() => new PickleBuilder().Op(PickleOpcode.EmptyDict);

    private static PickleBuilder List() => new PickleBuilder().Op(PickleOpcode.EmptyList);

    private static void NoView(PickleBuilder pickle) => pickle.Op(PickleOpcode.None);

    private IReadOnlyDictionary<string, Tensor> Load(byte[] file) => StateDictFile.Load(folder.Write("a.pth", file));

    private void AssertRefused(string problem, params byte[][] parts)
    {
        string message = Assert.Throws<WeightsFormatException>(() => Load([.. parts.SelectMany(part => part)])).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}

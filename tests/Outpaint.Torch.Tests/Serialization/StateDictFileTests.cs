using System.IO.Compression;
using System.Text;
using Outpaint.Torch.Serialization;
using Outpaint.Torch.Serialization.Pickle;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class StateDictFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TensorScope scope = new();

    [Fact]
    public void A_checkpoint_written_by_PyTorch_is_read()
    {
        IReadOnlyDictionary<string, Tensor> tensors = StateDictFile.Load(folder.Write("a.pth", TorchSaved.Checkpoint));

        Assert.Equal(
            ["bf16", "bool", "empty", "f16", "f32", "f64", "i16", "i32", "i64", "i8", "parameter", "scalar", "tail", "transposed", "u8"],
            tensors.Keys.Order());
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], tensors["f32"].ToArray<float>());
        Assert.Equal([3, 4], tensors["f32"].Shape);
        Assert.Equal([1d, 2], tensors["f64"].ToArray<double>());
        Assert.Equal([(Half)1, (Half)2], tensors["f16"].ToArray<Half>());
        Assert.Equal(DType.BFloat16, tensors["bf16"].DType);
        Assert.Equal([1f, 2], tensors["bf16"].To(DType.Float32).ToArray<float>());
        Assert.Equal([-1L, 2], tensors["i64"].ToArray<long>());
        Assert.Equal([-1, 2], tensors["i32"].ToArray<int>());
        Assert.Equal([(short)-1, (short)2], tensors["i16"].ToArray<short>());
        Assert.Equal([(sbyte)-1, (sbyte)2], tensors["i8"].ToArray<sbyte>());
        Assert.Equal([(byte)1, (byte)255], tensors["u8"].ToArray<byte>());
        Assert.Equal([true, false], tensors["bool"].ToArray<bool>());
        Assert.Equal([2, 1], tensors["parameter"].Shape);
        Assert.Equal(7, tensors["scalar"].Item());
        Assert.Equal([0, 3], tensors["empty"].Shape);
    }

    [Fact]
    public void Views_of_one_storage_are_read_in_their_own_order_and_are_independent()
    {
        IReadOnlyDictionary<string, Tensor> tensors = StateDictFile.Load(folder.Write("a.pth", TorchSaved.Checkpoint));

        Assert.Equal([4, 3], tensors["transposed"].Shape);
        Assert.Equal([0f, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], tensors["transposed"].ToArray<float>());
        Assert.Equal([8f, 9, 10, 11], tensors["tail"].ToArray<float>());

        Dispatcher.CallInPlace("zero_", tensors["f32"]);
        Assert.Equal([8f, 9, 10, 11], tensors["tail"].ToArray<float>());
    }

    [Fact]
    public void Nested_names_are_joined_with_dots()
    {
        byte[] pickle = Dict()
            .Item("generator", value => value.Op(PickleOpcode.EmptyDict).Item("weight", Scalar))
            .Item("step", value => value.Integer(3))
            .Item("bias", Scalar)
            .Stop();

        Assert.Equal(["bias", "generator.weight"], Load(pickle).Keys.Order());
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model_state_dict")]
    [InlineData("model")]
    public void A_wrapped_state_dict_is_unwrapped(string key)
    {
        byte[] pickle = Dict()
            .Item("optimizer", value => value.Op(PickleOpcode.EmptyDict).Item("momentum", Scalar))
            .Item(key, value => value.Op(PickleOpcode.EmptyDict).Item("weight", Scalar))
            .Stop();

        Assert.Equal(["weight"], Load(pickle).Keys);
    }

    [Fact]
    public void A_layer_named_model_beside_other_tensors_keeps_its_name()
    {
        byte[] pickle = Dict()
            .Item("model", value => value.Op(PickleOpcode.EmptyDict).Item("weight", Scalar))
            .Item("head", Scalar)
            .Stop();

        Assert.Equal(["head", "model.weight"], Load(pickle).Keys.Order());
    }

    [Fact]
    public void A_little_endian_mark_is_accepted_and_a_big_endian_one_refused()
    {
        byte[] pickle = Dict().Item("a", Scalar).Stop();

        Assert.Single(StateDictFile.Load(folder.Write("little", PickleBuilder.Archive(pickle, others: ("byteorder", "little"u8.ToArray())))));
        AssertRefused(PickleBuilder.Archive(pickle, others: ("byteorder", "big"u8.ToArray())), "little-endian");
    }

    [Fact]
    public void A_compressed_archive_is_refused() =>
        AssertRefused(PickleBuilder.Archive(Dict().Item(new string('a', 1000), Scalar).Stop(), CompressionLevel.Optimal), "compressed");

    [Fact]
    public void A_TorchScript_program_is_refused() =>
        AssertRefused(PickleBuilder.Archive(Dict().Stop(), others: ("constants.pkl", [])), "TorchScript");

    [Fact]
    public void An_archive_without_a_pickle_is_refused()
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("holiday.jpg");

        AssertRefused(archive.ToArray(), "not one of PyTorch");
    }

    [Fact]
    public void Cutting_the_file_anywhere_is_noticed()
    {
        byte[] file = TorchSaved.Checkpoint;

        for (int length = 0; length < file.Length; length += 97)
            AssertRefused(file[..length], "broken or cut off");
    }

    [Fact]
    public void A_missing_storage_is_refused()
    {
        string text = Encoding.Latin1.GetString(PickleBuilder.Archive(Dict().Item("a", Scalar).Stop()));

        AssertRefused(Encoding.Latin1.GetBytes(text.Replace("data/0", "data/1")), "lacks the storage '0'");
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static PickleBuilder Dict() => new PickleBuilder().Op(PickleOpcode.EmptyDict);

    private static void Scalar(PickleBuilder pickle) => pickle.Tensor(0, [], []);

    private IReadOnlyDictionary<string, Tensor> Load(byte[] pickle) =>
        StateDictFile.Load(folder.Write("a.pth", PickleBuilder.Archive(pickle)));

    private void AssertRefused(byte[] file, string problem)
    {
        string path = folder.Write("a.pth", file);
        Assert.Contains(problem, Assert.Throws<WeightsFormatException>(() => StateDictFile.Load(path)).Message, StringComparison.Ordinal);
    }
}

using System.Text;
using Outpaint.Torch.Serialization;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class SafetensorsRoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TensorScope scope = new();

    public static TheoryData<DType> DTypes => new(Enum.GetValues<DType>());

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Every_element_type_survives(DType dtype)
    {
        byte[] elements = [.. Enumerable.Range(0, 6 * dtype.ByteSize()).Select(i => (byte)(dtype == DType.Bool ? i % 2 : i))];
        string path = Write(new() { ["weight"] = Tensor.FromBytes(elements, [2, 3], dtype) });

        using SafetensorsFile file = SafetensorsFile.Open(path);
        Tensor loaded = file.Load("weight");

        Assert.Equal(dtype, loaded.DType);
        Assert.Equal([2, 3], loaded.Shape);
        Assert.Equal(elements, TensorBytes.Of(loaded));
        Assert.Equal(elements, file.GetBytes("weight").ToArray());
    }

    [Fact]
    public void Scalars_and_empty_tensors_keep_their_shapes()
    {
        string path = Write(new() { ["scalar"] = Tensor.Full([], 5), ["empty"] = Tensor.Zeros([2, 0, 3]) });

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(5, file.Load("scalar").Item());
        Assert.Empty(file.Load("scalar").Shape);
        Assert.Equal([2, 0, 3], file.Load("empty").Shape);
    }

    [Fact]
    public void A_file_without_tensors_is_valid()
    {
        using SafetensorsFile file = SafetensorsFile.Open(Write([]));

        Assert.Empty(file.Entries.Keys);
    }

    [Fact]
    public void A_transposed_view_is_written_row_major()
    {
        string path = Write(new() { ["view"] = Tensor.From([1f, 2, 3, 4, 5, 6], 2, 3).Permute(1, 0) });

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal([1f, 4, 2, 5, 3, 6], file.Load("view").ToArray<float>());
    }

    [Fact]
    public void Metadata_and_unusual_names_survive()
    {
        string path = folder.PathOf("a.safetensors");
        var metadata = new Dictionary<string, string> { ["größe"] = "\"128\"\n", ["a"] = "" };
        SafetensorsWriter.Write(path, new Dictionary<string, Tensor> { ["層.\"0\"\\"] = Tensor.Ones([1]) }, metadata);

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(metadata, file.Metadata);
        Assert.Equal(["層.\"0\"\\"], file.Entries.Keys);
    }

    [Fact]
    public void Data_is_aligned_to_the_element_size()
    {
        string path = Write(new() { ["a"] = Tensor.Ones([3], DType.UInt8), ["b"] = Tensor.Ones([1], DType.Float16), ["c"] = Tensor.Ones([1], DType.Float64) });

        using SafetensorsFile file = SafetensorsFile.Open(path);

        long dataStart = new FileInfo(path).Length - file.Entries.Values.Sum(entry => entry.ByteCount);
        Assert.Equal(0, dataStart % 8);
        Assert.All(file.Entries.Values, entry => Assert.Equal(0, entry.Offset % entry.DType.ByteSize()));
    }

    [Fact]
    public void Wide_types_come_first_and_then_names_in_order()
    {
        string path = folder.PathOf("a.safetensors");
        var tensors = new Dictionary<string, Tensor> { ["b"] = Tensor.From([1, 2]), ["a"] = Tensor.From([1, 2]), ["w"] = Tensor.Zeros([1], DType.Int64) };
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["k"] = "v" });

        string header = Encoding.UTF8.GetString(File.ReadAllBytes(path)[8..^24]).TrimEnd();

        Assert.Equal(
            """{"__metadata__":{"k":"v"},"w":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"a":{"dtype":"I32","shape":[2],"data_offsets":[8,16]},"b":{"dtype":"I32","shape":[2],"data_offsets":[16,24]}}""",
            header);
    }

    [Fact]
    public void The_reserved_name_is_refused_and_nothing_is_written()
    {
        Assert.Throws<ArgumentException>(() => Write(new() { ["__metadata__"] = Tensor.Ones([1]) }));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Metadata_without_a_value_is_refused_and_nothing_is_written()
    {
        string path = folder.PathOf("weights.safetensors");

        Assert.StartsWith("The metadata 'note' is null; leave it out.", Assert.Throws<ArgumentException>(
            () => SafetensorsWriter.Write(path, new Dictionary<string, Tensor>(), new Dictionary<string, string> { ["note"] = null! })).Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_closed_file_gives_no_more_bytes()
    {
        SafetensorsFile file = SafetensorsFile.Open(Write(new() { ["a"] = Tensor.Ones([1]) }));
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => file.Load("a"));
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private string Write(Dictionary<string, Tensor> tensors)
    {
        string path = folder.PathOf("a.safetensors");
        SafetensorsWriter.Write(path, tensors);
        return path;
    }
}

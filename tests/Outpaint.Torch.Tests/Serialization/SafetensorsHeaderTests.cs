using System.Buffers.Binary;
using Outpaint.Torch.Serialization;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class SafetensorsHeaderTests : IDisposable
{
    private const string OneFloat = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_sound_header_is_read()
    {
        using SafetensorsFile file = SafetensorsFile.Open(folder.Write("a.safetensors", SafetensorsBytes.With(OneFloat + "  ", 4)));

        TensorEntry entry = file.Entries["a"];
        Assert.Equal(("a", DType.Float32, 0, 4), (entry.Name, entry.DType, entry.Offset, entry.ByteCount));
        Assert.Equal([1], entry.Shape);
    }

    [Theory]
    [InlineData("", 0, "not valid JSON")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    [InlineData("""[]""", 0, "not a JSON object")]
    [InlineData("""{} {}""", 0, "not valid JSON")]
    [InlineData("""{"\ud800":1}""", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is not a JSON object")]
    [InlineData("""{"__metadata__":{"step":3}}""", 0, "metadata 'step' is not a string")]
    [InlineData("""{"a":1}""", 0, "lacks")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":6,"shape":[1],"data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "lacks")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "unsupported dtype 'F8_E4M3'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "impossible shape [-1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}""", 0, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "impossible data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "impossible data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 4, "only 4 are there")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "starts at byte 4 where 0 was due")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[6,10]}}""", 10, "starts at byte 6 where 4 was due")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6, "starts at byte 2 where 4 was due")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "starts at byte 0 where 4 was due")]
    [InlineData(OneFloat, 3, "only 3 are there")]
    [InlineData(OneFloat, 5, "1 bytes follow the last tensor")]
    public void A_lying_header_is_refused(string header, int dataLength, string problem) =>
        AssertRefused(SafetensorsBytes.With(header, dataLength), problem);

    [Fact]
    public void Text_that_is_not_utf8_is_refused() =>
        AssertRefused(SafetensorsBytes.With([.. "{\""u8, 0xff, .. "\":1}"u8], 0), "not valid JSON");

    [Fact]
    public void Too_many_dimensions_are_refused()
    {
        string shape = string.Join(',', Enumerable.Repeat(1, 65));
        AssertRefused(SafetensorsBytes.With($$$"""{"a":{"dtype":"U8","shape":[{{{shape}}}],"data_offsets":[0,1]}}""", 1), "impossible shape");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_too_short_for_the_length_is_refused(int length) => AssertRefused(new byte[length], "too few");

    [Theory]
    [InlineData(100_000_001UL, "more than the 100000000")]
    [InlineData(ulong.MaxValue, "more than the 100000000")]
    [InlineData(1000UL, "beyond the end of the file")]
    public void A_header_length_that_cannot_be_is_refused(ulong length, string problem)
    {
        byte[] file = SafetensorsBytes.With(OneFloat, 4);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        AssertRefused(file, problem);
    }

    [Fact]
    public void Cutting_a_file_anywhere_is_noticed()
    {
        byte[] file = SafetensorsBytes.With(OneFloat, 4);

        for (int length = 0; length < file.Length; length++)
            AssertRefused(file[..length], "");
    }

    [Fact]
    public void A_hostile_name_does_not_reach_the_terminal()
    {
        string name = "\\u001b[2J\\n" + new string('x', 10_000);
        string message = AssertRefused(SafetensorsBytes.With($$"""{"{{name}}":1}""", 0), "lacks");

        Assert.DoesNotContain('\u001b', message);
        Assert.True(message.Length < 1000);
    }

    public void Dispose() => folder.Dispose();

    private string AssertRefused(byte[] content, string problem)
    {
        string path = folder.Write("weights.safetensors", content);

        var exception = Assert.Throws<WeightsFormatException>(() => SafetensorsFile.Open(path));

        Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        return exception.Message;
    }
}

using System.Buffers.Binary;
using System.Text;
using Outpaint.Torch.Serialization;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class WeightsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TensorScope scope = new();

    [Fact]
    public void The_format_is_told_by_content_and_not_by_name()
    {
        byte[] safetensors = SafetensorsBytes.With("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4);

        Assert.Equal(["a"], WeightsFile.Load(folder.Write("safetensors.pth", safetensors)).Keys);
        Assert.Contains("scalar", WeightsFile.Load(folder.Write("pth.safetensors", TorchSaved.Checkpoint)).Keys);
        Assert.Contains("tail", WeightsFile.Load(folder.Write("legacy.safetensors", TorchSaved.LegacyCheckpoint)).Keys);
    }

    [Fact]
    public void A_safetensors_file_whose_length_looks_like_a_pickle_is_still_read()
    {
        const int PickleProtocol2 = 0x0280;
        byte[] file = SafetensorsBytes.With("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""".PadRight(PickleProtocol2), 4);
        Assert.Equal(PickleProtocol2, BinaryPrimitives.ReadUInt16LittleEndian(file));

        Assert.Equal(["a"], WeightsFile.Load(folder.Write("a", file)).Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html>404</html>")]
    [InlineData("version https://git-lfs.github.com/spec/v1")]
    public void Other_files_are_refused(string content)
    {
        string path = folder.Write("weights.pth", Encoding.UTF8.GetBytes(content));

        Assert.Contains("neither", Assert.Throws<WeightsFormatException>(() => WeightsFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_refused()
    {
        string path = folder.PathOf("");

        foreach (Action<string> load in new Action<string>[] { file => WeightsFile.Load(file), file => SafetensorsFile.Open(file), file => StateDictFile.Load(file) })
            Assert.Contains("folder", Assert.Throws<WeightsFormatException>(() => load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.pth", Assert.Throws<FileNotFoundException>(() => WeightsFile.Load(folder.PathOf("nowhere.pth"))).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }
}

using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class GeneratorFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_saved_generator_comes_back_in_half_precision_with_its_size()
    {
        using TensorScope scope = new();
        using Generator saved = WithRandomWeights(new Generator(new GeneratorOptions(16, 3)));
        GeneratorFile.Save(saved, folder.File("some.safetensors"), new Dictionary<string, string> { ["images"] = "12" });

        using Generator loaded = GeneratorFile.Load(folder.File("some.safetensors"));

        Assert.Equal(saved.Options, loaded.Options);
        Assert.False(loaded.IsTraining);
        IReadOnlyDictionary<string, Tensor> state = loaded.StateDict();
        foreach ((string name, Tensor tensor) in saved.StateDict())
            Assert.Equal(Values(tensor.To(DType.Float16)), Values(state[name]));
    }

    [Theory]
    [InlineData("some-other-format", "64", "8", "it holds no generator. Give a file that training wrote, such as generator.safetensors in a run's folder.")]
    [InlineData("outpaint-generator-1", "60", "8", "width is 60")]
    [InlineData("outpaint-generator-1", "wide", "8", "width is 0")]
    [InlineData("outpaint-generator-1", "64", "8", "weights lack")]
    [InlineData("outpaint-generator-1", "1000000000", "8", "weights lack")]
    public void A_file_that_holds_no_generator_is_refused_in_one_line(string format, string width, string depth, string problem)
    {
        string path = folder.File("bad.safetensors");
        using Tensor tensor = Tensor.Zeros([1]);
        SafetensorsWriter.Write(
            path,
            new Dictionary<string, Tensor> { ["something"] = tensor },
            new Dictionary<string, string> { ["format"] = format, ["width"] = width, ["depth"] = depth });

        string message = Assert.Throws<WeightsFormatException>(() => GeneratorFile.Load(path)).Message;

        Assert.StartsWith(path + ": ", message);
        Assert.Contains(problem, message);
        Assert.DoesNotContain("..", message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory, InlineData("64", "1"), InlineData("8", "2"), InlineData("8", "2000000000")]
    public void A_size_other_than_that_of_the_weights_is_refused_before_a_network_is_made(string width, string depth)
    {
        using TensorScope scope = new();
        using var generator = new Generator(new GeneratorOptions(8, 1));
        string path = folder.File("other.safetensors");
        SafetensorsWriter.Write(
            path,
            generator.StateDict(),
            new Dictionary<string, string> { ["format"] = "outpaint-generator-1", ["width"] = width, ["depth"] = depth });

        string message = Assert.Throws<WeightsFormatException>(() => GeneratorFile.Load(path)).Message;

        Assert.Contains($"its weights lack the middle of a network of width {width} and depth {depth}", message);
    }

    public void Dispose() => folder.Dispose();
}

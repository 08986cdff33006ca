using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Tracking;

namespace Outpaint.Tests.Models;

public sealed class ArchitectureTests : IDisposable
{
    private readonly TensorScope scope = new();
    private readonly Tensor image = Tensor.Zeros([1, 3, 64, 96]);
    private readonly Tensor mask = Tensor.Zeros([1, 1, 64, 96]);

    [Fact]
    public void Every_parameter_of_the_generator_belongs_to_one_layer()
    {
        using var generator = new Generator(new GeneratorOptions(8, 2));

        ModelDescription model = Architecture.Describe("generator", generator, () => generator.Forward(image, mask));

        Assert.Equal(generator.Parameters().Sum(parameter => parameter.NumberOfElements), model.ParameterCount);
        Assert.Equal(
            generator.NamedParameters().Select(parameter => parameter.Name).Order(),
            model.Layers.SelectMany(layer => layer.Parameters.Select(parameter => $"{layer.Name}.{parameter.Name}")).Order());
    }

    [Fact]
    public void Layers_come_in_the_order_of_the_pass_with_type_and_shape()
    {
        using var generator = new Generator(new GeneratorOptions(8, 2));

        ModelDescription model = Architecture.Describe("generator", generator, () => generator.Forward(image, mask));

        LayerDescription Layer(string name) => model.Layers.Single(layer => layer.Name == name);
        Assert.Equal(("stem", "head"), (model.Layers[0].Name, model.Layers[^1].Name));
        Assert.Equal("Conv2d(16, 8, 3)", Layer("stem").Type);
        Assert.Equal([1, 8, 32, 48], Layer("stem").OutputShape);
        Assert.Equal("Conv2d(8, 16, 3, stride=2)", Layer("to_quarter").Type);
        Assert.Equal("Conv2d(32, 32, 3, dilation=2)", Layer("middle.1.spatial").Type);
        Assert.Equal([1, 32, 8, 12], Layer("middle.1.spatial").OutputShape);
    }

    [Fact]
    public void Layers_whose_kernel_is_normalised_are_seen_and_the_network_is_left_as_it_was()
    {
        using var discriminator = new PatchDiscriminator(8);
        float[][] before = Values(discriminator);

        ModelDescription model = Architecture.Describe("discriminator", discriminator, () => discriminator.Forward(image, mask));

        Assert.Equal([[1, 8, 32, 48], [1, 16, 16, 24], [1, 32, 8, 12], [1, 64, 7, 11], [1, 1, 6, 10]], model.Layers.Select(layer => layer.OutputShape));
        Assert.Equal("Conv2d(4, 8, 4, stride=2)", model.Layers[0].Type);
        Assert.Equal(before, Values(discriminator));
        Assert.True(discriminator.IsTraining);
    }

    public void Dispose() => scope.Dispose();

    private static float[][] Values(Module network) => [.. network.StateDict().Values.Select(tensor => tensor.ToArray<float>())];
}

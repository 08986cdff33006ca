using Outpaint.Models;
using Outpaint.Models.Blocks;
using Outpaint.Torch;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class UpBlockTests
{
    // The two 3x3 convolutions see the zeros around the map this far in.
    private const int Border = 2;

    [Fact]
    public void A_constant_map_stays_constant_so_no_checkerboard_is_built_in()
    {
        using TensorScope scope = new();
        using UpBlock block = WithRandomWeights(new UpBlock(16, 8));
        Tensor input = Tensor.Randn([1, 16, 1, 1]).Expand(1, 16, 8, 8), encoded = Tensor.Randn([1, 8, 1, 1]).Expand(1, 8, 16, 16);

        Tensor output = block.Forward(input, encoded);

        Assert.Equal([1, 8, 16, 16], output.Shape);
        Tensor inner = output.Narrow(2, Border, 12).Narrow(3, Border, 12);
        Tensor centre = output.Narrow(2, 8, 1).Narrow(3, 8, 1);
        Assert.InRange((inner - centre).Abs().Sum().Item(), 0, 1e-3);
        Assert.True(centre.Abs().Sum().Item() > 0.1);
    }

    [Fact]
    public void Each_pixel_becomes_a_square_of_four()
    {
        using TensorScope scope = new();
        using UpBlock block = new(8, 8);
        using (GradMode.Disabled())
        {
            foreach ((string name, Tensor parameter) in block.NamedParameters())
                parameter.Copy_(name == "reduce.weight" ? Tensor.From(Identity(8), 8, 8, 1, 1) : Tensor.Zeros(parameter.Shape));
        }

        Tensor input = Tensor.Rand([2, 8, 3, 5]);
        Tensor output = block.Forward(input, Tensor.Zeros([2, 8, 6, 10]));

        Assert.Equal(Values(Dispatcher.Call("upsample_nearest2d", input, new long[] { 6, 10 })), Values(output));
    }

    private static float[] Identity(int size) => [.. Enumerable.Range(0, size * size).Select(i => i / size == i % size ? 1f : 0f)];
}

using Outpaint.Tests.Models;
using Outpaint.Torch;
using Outpaint.Training;

namespace Outpaint.Tests.Training;

public sealed class DraftTests : IDisposable
{
    private readonly TensorScope scope = new();

    [Fact]
    public void The_known_part_stays_sharp_and_the_hole_loses_its_detail()
    {
        Tensor photo = Canvases.Image(2, 48, 48), mask = Canvases.Mask(48, 48, new Margins(16, 8, 0, 8), new Margins(0, 0, 24, 0));

        Tensor draft = Draft.Make(photo, mask, 3);

        Assert.Equal(Canvases.Values(photo * (1 - mask)), Canvases.Values(draft * (1 - mask)));
        Assert.InRange(Roughness(draft, mask) / Roughness(photo, mask), 0, 0.3);
    }

    [Fact]
    public void Colours_without_detail_come_back()
    {
        Tensor ramp = Tensor.Arange(0, 48, DType.Float32, Device.Cpu).Reshape(1, 1, 1, 48).Expand(1, 3, 48, 48) / 48;
        Tensor mask = Canvases.Mask(48, 48, new Margins(12, 12, 12, 12));

        Assert.All(Canvases.Values(Draft.Make(ramp, mask, 2) - ramp), difference => Assert.InRange(difference, -0.02f, 0.02f));
    }

    public void Dispose() => scope.Dispose();

    private static double Roughness(Tensor image, Tensor mask) =>
        ((image.Narrow(3, 1, 47) - image.Narrow(3, 0, 47)).Abs() * mask.Narrow(3, 1, 47) * mask.Narrow(3, 0, 47)).Sum().Item();
}

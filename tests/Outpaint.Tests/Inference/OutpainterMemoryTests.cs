using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

// Alone, because allocations are counted for the whole process.
[CollectionDefinition(nameof(OutpainterMemoryTests), DisableParallelization = true)]
[Collection(nameof(OutpainterMemoryTests))]
public sealed class OutpainterMemoryTests
{
    [Fact]
    public void Twelve_megapixels_take_little_more_memory_than_the_result()
    {
        var source = new RgbImage(4000, 3000);
        CanvasGeometry canvas = CanvasGeometry.ForRatio(4000, 3000, 0.5);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        new Outpainter(FakeInpainter.Grey(128)).Extend(source, canvas);

        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.InRange(allocated, canvas.Width * canvas.Height * 3L, 150_000_000);
    }
}

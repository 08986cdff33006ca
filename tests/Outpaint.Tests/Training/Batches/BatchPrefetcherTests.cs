using Outpaint.Data;
using Outpaint.Torch;
using Outpaint.Training.Batches;

namespace Outpaint.Tests.Training.Batches;

public sealed class BatchPrefetcherTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ImageDataset photos;
    private readonly BatchSampler sampler;
    private readonly HostPhotos source;

    public BatchPrefetcherTests()
    {
        photos = SmallRuns.Photos(temporary);
        sampler = new BatchSampler(photos, SmallRuns.Tiny);
        source = new HostPhotos(photos, SmallRuns.Tiny.ImageSize, Device.Cpu);
    }

    [Fact]
    public void Batches_come_in_order_from_the_first_step_asked_for()
    {
        using var prefetcher = new BatchPrefetcher(sampler, source, firstStep: 2, lastStep: 7);
        var expected = new BatchSampler(photos, SmallRuns.Tiny);

        for (long step = 2; step < 7; step++)
            Assert.Equal(expected.Sample(step).Crops, prefetcher.Next().Plan.Crops);
        Assert.Throws<InvalidOperationException>(prefetcher.Next);
    }

    [Fact]
    public void An_error_while_a_batch_is_made_reaches_the_one_who_waits_for_it()
    {
        // There is no step before the first: the sampler fails on its own thread.
        using var prefetcher = new BatchPrefetcher(sampler, source, firstStep: -1, lastStep: 5);

        Assert.Throws<ArgumentOutOfRangeException>(prefetcher.Next);
    }

    [Fact]
    public Task It_can_be_left_before_its_batches_are_used() =>
        Task.Run(() => new BatchPrefetcher(sampler, source, firstStep: 0, lastStep: long.MaxValue).Dispose()).WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose()
    {
        photos.Dispose();
        temporary.Dispose();
    }
}

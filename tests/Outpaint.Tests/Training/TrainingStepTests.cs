using Outpaint.Data;
using Outpaint.Torch;
using Outpaint.Training;
using Outpaint.Training.Batches;

namespace Outpaint.Tests.Training;

public sealed class TrainingStepTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void With_the_photos_on_the_device_a_step_sends_it_a_tensor_of_what_was_drawn(bool diffAugment, int transfers)
    {
        TrainingOptions options = SmallRuns.Tiny with { WarmUpSteps = 0, R1Gamma = 10, R1Every = 1, DiffAugment = diffAugment };
        using ImageDataset photos = SmallRuns.Photos(temporary);
        using ResidentPhotos resident = ResidentPhotos.TryUpload(photos, options, Device.Cpu, long.MaxValue)!;
        using FeatureNetworks features = FeatureNetworks.Load(options, Device.Cpu);
        using var networks = new TrainingNetworks(options, features.DiscriminatorChannels, Device.Cpu);
        var step = new TrainingStep(options, networks, features, Device.Cpu, bf16: false);
        using TrainingBatch batch = resident.Load(new BatchSampler(photos, options).Sample(0));
        var sent = new List<long[]>();

        using (new OperatorTrace((name, _, result) =>
        {
            if (name == "to.device")
                sent.Add(result.Shape);
        }))
            step.Run(batch, step: 0, imagesBefore: 0).Dispose();

        Assert.Equal(transfers, sent.Count);
        Assert.All(sent, shape => Assert.Equal(options.BatchSize, shape[1]));
    }

    public void Dispose() => temporary.Dispose();
}

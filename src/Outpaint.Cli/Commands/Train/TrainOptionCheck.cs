using Outpaint.Cli.Shell;
using Outpaint.Metrics.Fid;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Commands.Train;

/// <summary>Options of <c>outpaint train</c> that make no sense together: one of them would be ignored.</summary>
internal static class TrainOptionCheck
{
    /// <summary>Refuses them, before the photos are read.</summary>
    /// <param name="given">What the command line gives; of a run that goes on, what it gives anew.</param>
    /// <exception cref="UsageException">It says which.</exception>
    public static void Run(TrainingOptions given)
    {
        if (given.Resume is null)
            RefuseForNew(given);
        else
            RefuseForResumed(given);
    }

    private static void RefuseForNew(TrainingOptions given)
    {
        if (given.ValPath.Length == 0 && given.LpipsWeights is not null)
            throw new UsageException("--lpips_weights is for validation; name photos to validate on with --val_path.");
        if (given.ValPath.Length == 0 && given.InceptionWeights is not null)
            throw new UsageException("--inception_weights is for validation; name photos to validate on with --val_path.");
        if (given.ResNetDilated && given.ResNetWeights is null)
            throw new UsageException("--resnet_dilated changes the network of --resnet_weights, which names no file.");
        if (given.LrSchedule != DecayChoice.Cosine && (given.LrDecayStart > 0 || given.LrDecayEnd is not null))
            throw new UsageException("--lr_decay_start and --lr_decay_end are for --lr_schedule cosine, which is not given.");
    }

    private static void RefuseForResumed(TrainingOptions given)
    {
        if (given.InitWeights is not null)
            throw new UsageException("--resume and --init_weights contradict each other: a run that goes on has weights of its own; leave one out.");
        string folder = RunFolder.Locate(given);
        if (given.OutputDir != new TrainingOptions().OutputDir && Path.GetFullPath(given.OutputDir) != Path.GetFullPath(folder))
            throw new UsageException($"--resume {folder} and --output_dir {given.OutputDir} contradict each other: a run goes on in its own folder; leave --output_dir out.");
    }
}

using System.Diagnostics;
using Outpaint.Data;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Tracking;

namespace Outpaint.Training;

/// <summary>Trains a generator: sets up, loops over steps, keeps the run's folder.</summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingOptions options;
    private readonly Device device;
    private readonly BatchSampler sampler;
    private readonly FeatureNetworks features;
    private readonly TrainingNetworks networks;
    private readonly TrainingStep trainingStep;
    private readonly LearningRateSchedule schedule;
    private readonly SampleGrid samples;
    private readonly RunFolder folder;
    private long step;
    private long images;

    /// <summary>Sets a run up, from scratch or from the folder's last checkpoint.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="training">The photos to learn from.</param>
    /// <param name="validation">The photos of the sample grids.</param>
    /// <param name="folder">Where the run keeps its files.</param>
    /// <param name="resume">Go on from the checkpoint in the folder.</param>
    /// <exception cref="TrainingException">An option or the checkpoint does not allow a run, or the folder holds another one.</exception>
    /// <exception cref="WeightsFormatException">The checkpoint or a feature network's file is damaged.</exception>
    public Trainer(TrainingOptions options, ImageDataset training, ImageDataset validation, RunFolder folder, bool resume = false)
    {
        options.Validate();
        folder.RequireReadyFor(resume);
        (this.options, this.folder) = (options, folder);
        device = DeviceSelection.Choose(options.Device);
        UsesBf16 = DeviceSelection.UseBf16(options.Precision, device);
        TorchRuntime.Threads = Environment.ProcessorCount;
        TorchRuntime.TuneForTraining();
        TorchRuntime.Seed((ulong)(uint)options.Seed);
        sampler = new BatchSampler(training, options);
        features = FeatureNetworks.Load(options, device);
        networks = new TrainingNetworks(options, features.CriticChannels, device);
        trainingStep = new TrainingStep(options, networks, features, device, UsesBf16);
        schedule = new LearningRateSchedule(options, TotalSteps);
        samples = new SampleGrid(validation, options.ImageSize, device);
        if (resume)
            (step, images) = Checkpoint.Load(folder.CheckpointPath, networks, device);
        else if (options.InitWeights is { } start)
            StartingPoint.Load(start, networks);
        folder.DeleteTemporaryFiles();
        folder.WriteConfig(options);
    }

    /// <summary>Whether convolutions run in bf16.</summary>
    public bool UsesBf16 { get; }

    /// <summary>Where the run computes.</summary>
    public Device Device => device;

    /// <summary>Whether a perceptual loss is part of the objective.</summary>
    public bool HasPerceptualLoss => !features.IsEmpty;

    /// <summary>Parameters of the generator.</summary>
    public long GeneratorParameters => networks.Generator.Parameters().Sum(parameter => parameter.NumberOfElements);

    /// <summary>Steps planned in all.</summary>
    public long TotalSteps => Math.Min(options.Epochs * sampler.StepsPerEpoch, options.MaxSteps ?? long.MaxValue);

    /// <summary>Trains to the end, or until cancelled: then the step in progress is finished and everything is saved.</summary>
    /// <param name="progress">Told every <see cref="TrainingOptions.LogEvery"/> steps.</param>
    /// <param name="tracker">Records the run; null for plain files in the run's folder, whose failure ends the run.</param>
    /// <param name="cancellation">Stops the run after the current step.</param>
    /// <exception cref="TrainingException">The losses or weights are no longer finite; the last checkpoint is kept.</exception>
    /// <exception cref="IOException">The run's folder cannot be written; the last checkpoint is kept.</exception>
    public TrainingResult Run(IProgress<TrainingProgress>? progress = null, ITracker? tracker = null, CancellationToken cancellation = default)
    {
        tracker ??= new FileTracker(folder.Path);
        tracker.ForgetAfter(step); // of a run that was killed, perhaps before its first checkpoint
        RunDescription.Record(tracker, options, networks, features, device);
        using var batches = new BatchPrefetcher(sampler, step, TotalSteps);
        var sinceLog = Stopwatch.StartNew();
        var sinceCheckpoint = Stopwatch.StartNew();
        TimeSpan waited = TimeSpan.Zero;
        long loggedStep = step;
        while (step < TotalSteps && !cancellation.IsCancellationRequested)
        {
            long asked = Stopwatch.GetTimestamp();
            TrainingBatch batch = batches.Next();
            waited += Stopwatch.GetElapsedTime(asked);
            networks.LearningRate = schedule.At(step);
            using StepLosses losses = trainingStep.Run(batch, step);
            step++;
            images += options.BatchSize;

            Dictionary<string, double> scalars = [];
            if (step % options.LogEvery == 0 || step == TotalSteps)
            {
                IReadOnlyDictionary<string, double> read = losses.Read();
                double speed = (step - loggedStep) * options.BatchSize / sinceLog.Elapsed.TotalSeconds;
                var report = new TrainingProgress(step, TotalSteps, images, speed, waited / sinceLog.Elapsed, networks.LearningRate, read);
                RequireFinite(read);
                scalars = report.ToScalars();
                progress?.Report(report);
                (loggedStep, waited) = (step, TimeSpan.Zero);
                sinceLog.Restart();
            }

            TrackedImage[] pictures = step % options.SampleEvery == 0 ? [samples.Take(networks.Average)] : [];
            if (scalars.Count + pictures.Length > 0)
                tracker.Log(new TrackedStep(step, scalars) { Images = pictures });
            if (sinceCheckpoint.Elapsed.TotalMinutes >= options.CheckpointMinutes)
            {
                Save();
                sinceCheckpoint.Restart();
            }
        }

        Save();
        return new TrainingResult(step, images, Completed: step >= TotalSteps);
    }

    /// <summary>Releases networks and optimizers.</summary>
    public void Dispose()
    {
        networks.Dispose();
        features.Dispose();
    }

    private void RequireFinite(IReadOnlyDictionary<string, double> losses)
    {
        if (!losses.Values.All(double.IsFinite))
            throw Diverged();
    }

    private TrainingException Diverged() => new($"Training diverged: numbers are no longer finite at step {step}. " + (File.Exists(folder.CheckpointPath)
        ? "The last checkpoint is from before; resume from it with a lower --lr."
        : "Start again with a lower --lr."));

    private void Save()
    {
        // Losses are read every few steps only, and a checkpoint must never be worse than the one it replaces.
        if (!networks.AreFinite())
            throw Diverged();
        Checkpoint.Save(folder.CheckpointPath, networks, step, images, device);
        StartingPoint.SaveCritics(folder.CriticsPath, networks);
        GeneratorFile.Save(networks.Average, folder.GeneratorPath, new Dictionary<string, string>
        {
            ["images"] = $"{images}",
            ["steps"] = $"{step}",
            ["image_size"] = $"{options.ImageSize}",
        });
    }
}

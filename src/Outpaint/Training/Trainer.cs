using Outpaint.Data;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Tracking;
using Outpaint.Training.Batches;
using Outpaint.Training.Runs;

namespace Outpaint.Training;

/// <summary>Trains a generator: sets a run up, lets it loop over its steps, and goes back when it diverges.</summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingOptions options;
    private readonly Device device;
    private readonly BatchSampler sampler;
    private readonly IPhotoSource photos;
    private readonly FeatureNetworks features;
    private readonly TrainingNetworks networks;
    private readonly TrainingLoop loop;
    private readonly SampleGrid samples;
    private readonly Validation? validation;
    private readonly RunFolder folder;
    private readonly IDisposable hold;
    private readonly RunState state;

    /// <summary>Sets a run up, from scratch or from the folder's last checkpoint.</summary>
    /// <remarks>
    /// It sets libtorch up for the whole process: all cores (unless <see cref="TorchRuntime.Threads"/> was set), the seed, and what <see cref="TorchRuntime.TuneForLongRuns"/> does.
    /// </remarks>
    /// <param name="options">What to do; folder and resume count instead of what they have of these.</param>
    /// <param name="training">The photos to learn from.</param>
    /// <param name="folder">Where the run keeps its files.</param>
    /// <param name="resume">Go on from the checkpoint in the folder.</param>
    /// <param name="validation">The photos of <see cref="TrainingOptions.ValPath"/>, as <see cref="ImageSource.Find"/> lists them; null to list them here.</param>
    /// <exception cref="DataException">There are no photos to validate on that can be read.</exception>
    /// <exception cref="TrainingException">An option or the checkpoint does not allow a run, or the folder holds another one, or one goes on there.</exception>
    /// <exception cref="WeightsFormatException">The checkpoint or a frozen network's file is damaged.</exception>
    public Trainer(
        TrainingOptions options, ImageDataset training, RunFolder folder, bool resume = false, IReadOnlyList<ImageEntry>? validation = null)
    {
        options = options with { OutputDir = folder.Path, Resume = resume ? folder.Path : null };
        options.Validate();
        folder.RequireReadyFor(resume);
        (this.options, this.folder, hold) = (options, folder, folder.Lock());
        try
        {
            device = DeviceSelection.Choose(options.Device);
            UsesBf16 = DeviceSelection.UseBf16(options.Precision, device);
            TorchRuntime.UseAllCores();
            TorchRuntime.TuneForLongRuns();
            TorchRuntime.Seed((ulong)(uint)options.Seed);
            sampler = new BatchSampler(training, options);
            features = FeatureNetworks.Load(options, device);
            networks = new TrainingNetworks(options, features.DiscriminatorChannels, device);
            photos = PhotoPlacement.Choose(training, options, device); // after the networks, whose memory it must leave them
            if (options.ValPath.Length > 0)
                validation ??= ImageSource.Find(options.ValPath, _ => { }); // the run goes on without what cannot be read
            samples = SampleGrid.Create(options, training, validation ?? [], device);
            this.validation = options.Validates ? new Validation(options, validation!, folder, device) : null;
            state = new RunState(options, networks, folder, device);
            var step = new TrainingStep(options, networks, features, device, UsesBf16);
            loop = new TrainingLoop(options, TotalSteps, networks, step, state, samples, this.validation);
            if (resume)
                state.Restore();
            else if (options.InitWeights is { } start)
                (AddedBlocks, StartsNewDiscriminators) = StartingPoint.Load(start, networks);
        }
        catch
        {
            Dispose();
            throw;
        }
        folder.DeleteTemporaryFiles();
    }

    /// <summary>Told, in one line for a person, when the run has diverged and goes on from its last checkpoint.</summary>
    public event Action<string>? WentBack;

    /// <summary>Whether convolutions run in bf16.</summary>
    public bool UsesBf16 { get; }

    /// <summary>Where the run computes.</summary>
    public Device Device => device;

    /// <summary>Whether the photos are kept on that device, so that no step waits for them.</summary>
    public bool KeepsPhotosOnDevice => photos is ResidentPhotos;

    /// <summary>Whether a perceptual loss is part of the objective.</summary>
    public bool HasPerceptualLoss => !features.IsEmpty;

    /// <summary>How many blocks the generator has beyond those of <see cref="TrainingOptions.InitWeights"/>, which it starts from.</summary>
    public int AddedBlocks { get; }

    /// <summary>Whether discriminators lie beside <see cref="TrainingOptions.InitWeights"/> and some do not fit, so that new ones learn.</summary>
    public bool StartsNewDiscriminators { get; }

    /// <summary>How many photos it is validated on; 0 without validation.</summary>
    public int ValidationPhotos => validation?.Photos ?? 0;

    /// <summary>Photos that validation leaves out because they could not be read.</summary>
    public IReadOnlyList<SkippedImage> SkippedValidationPhotos => validation?.Skipped ?? [];

    /// <summary>Parameters of the generator.</summary>
    public long GeneratorParameters => networks.Generator.Parameters().Sum(parameter => parameter.NumberOfElements);

    /// <summary>Steps planned in all; none where the learning rate is 0.</summary>
    public long TotalSteps => new[]
    {
        options.Epochs * sampler.StepsPerEpoch,
        options.MaxSteps ?? long.MaxValue,
        options.LrSchedule == DecayChoice.Cosine ? options.LrDecayEnd ?? long.MaxValue : long.MaxValue,
    }.Min();

    /// <summary>Whether the run has had all of them.</summary>
    public bool IsDone => state.Step >= TotalSteps;

    /// <summary>What learns, for tests that damage it.</summary>
    internal TrainingNetworks Networks => networks;

    /// <summary>Trains to the end, or until cancelled: then the step in progress is finished and everything is saved.</summary>
    /// <param name="progress">Told every <see cref="TrainingOptions.LogEvery"/> steps.</param>
    /// <param name="tracker">Records the run, and is left open; null for plain files in the run's folder, whose failure ends the run.</param>
    /// <param name="cancellation">Stops the run after the current step.</param>
    /// <exception cref="TrainingException">
    /// The run diverged again and again, its folder cannot be written, or memory ran out; the last good checkpoint is kept.
    /// What <paramref name="tracker"/> throws comes through as it is.
    /// </exception>
    public TrainingResult Run(IProgress<TrainingProgress>? progress = null, ITracker? tracker = null, CancellationToken cancellation = default)
    {
        try
        {
            using FileTracker? own = tracker is null ? new FileTracker(folder.Path) : null;
            TrainingResult result = Record(progress, tracker ?? own!, cancellation);
            own?.Finish(result.Completed ? 0 : 130); // as the program ends
            return result;
        }
        catch (Exception e) when (tracker is null && e is (IOException or UnauthorizedAccessException))
        {
            throw folder.CannotWrite(e);
        }
        catch (TorchException e) when (e.IsOutOfMemory)
        {
            throw new TrainingException(
                $"There is not enough memory for {options.BatchSize} images of {options.ImageSize} x {options.ImageSize} pixels at a time "
                + $"({e.Message}); use a smaller --batch_size or --image_size.", e);
        }
    }

    private TrainingResult Record(IProgress<TrainingProgress>? progress, ITracker tracker, CancellationToken cancellation)
    {
        folder.WriteConfig(options);
        state.EnsureCheckpoint();
        tracker.ForgetAfter(state.Step); // of a run that was killed
        RunDescription.Record(tracker, options, networks, features, device);
        while (true)
        {
            try
            {
                using var batches = new BatchPrefetcher(sampler, photos, state.Step, TotalSteps);
                return loop.Run(batches, progress, tracker, cancellation);
            }
            catch (DivergenceException divergence)
            {
                string notice = state.StepBack(divergence);
                tracker.ForgetAfter(state.Step);
                WentBack?.Invoke(notice);
            }
        }
    }

    /// <summary>Releases networks, optimizers and the folder.</summary>
    public void Dispose()
    {
        // Those of the last ones that a constructor that failed has not come to are null.
        validation?.Dispose();
        samples?.Dispose();
        photos?.Dispose();
        networks?.Dispose();
        features?.Dispose();
        hold.Dispose();
    }
}

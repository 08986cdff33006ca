using System.Text;
using Outpaint.Cli.Shell;
using Outpaint.Data;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Commands.Train;

/// <summary>One run of <c>outpaint train</c>: loads the photos, trains, and says how to go on.</summary>
internal sealed class TrainRun(TrainingOptions options, Terminal terminal, Invocation invocation)
{
    private readonly List<SkippedImage> skippedFolders = [];

    /// <summary>Trains and returns the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        // Before the photos are decoded, which can take minutes.
        RefuseValues();
        options.Validate();
        IReadOnlyList<ImageEntry> photos = ImageSource.Find(options.DataPath, skippedFolders.Add); // a mistyped path is no run to record
        IReadOnlyList<ImageEntry> validation = options.ValPath.Length > 0 ? ImageSource.Find(options.ValPath, skippedFolders.Add) : [];
        var folder = new RunFolder(options.OutputDir);
        folder.Lock().Dispose(); // the trainer takes it; what another process is doing there should show before photos are read
        bool resume = options.Resume is not null;
        folder.RequireReadyFor(resume);

        using var tracking = new RunTracking(options, folder, terminal, invocation);
        return tracking.Record(() => Train(photos, validation, folder, resume, tracking, cancellation), cancellation);
    }

    // What no machine could run is a wrong command line.
    private void RefuseValues()
    {
        try
        {
            options.ValidateValues();
        }
        catch (TrainingException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private int Train(
        IReadOnlyList<ImageEntry> photos, IReadOnlyList<ImageEntry> validation, RunFolder folder, bool resume, RunTracking tracking, CancellationToken cancellation)
    {
        Terminal recorded = tracking.Terminal;
        ReportSkipped(tracking, "folder", skippedFolders);
        recorded.Output.WriteLine("Reading the training photos...");
        using ImageDataset training = ProgressBar.Run(terminal, "training photos", report => ImageDataset.Load(
            photos, options.Decoding(), new InOrder<(int Done, int Total)>(read => report(read.Done, read.Total)), cancellation));
        Report(tracking, "training photo", training.Count, training.Skipped);
        using var trainer = new Trainer(options, training, folder, resume, validation);
        if (trainer.ValidationPhotos > 0)
            Report(tracking, "validation photo", trainer.ValidationPhotos, trainer.SkippedValidationPhotos);
        if (trainer.IsDone)
        {
            recorded.Output.WriteLine($"Nothing is left to do: the run has had all of its {Plural.Of(trainer.TotalSteps, "step")}; raise --epochs or --max_steps.");
            return ExitCode.Success;
        }
        Describe(recorded, trainer);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tracking.StopRequested);
        TrainingResult result = TrainingDisplay.Show(
            terminal.IsInteractive ? terminal : recorded, trainer, tracking.Tracker, stop.Token);
        recorded.Output.WriteLine(result.Completed
            ? $"Done: {Plural.Of(result.Images, "image")} in {Plural.Of(result.Steps, "step")}. The generator is {folder.GeneratorPath}"
            : $"Stopped and saved after {Plural.Of(result.Steps, "step")}. Go on with: outpaint train --resume {options.OutputDir}");
        return result.Completed ? ExitCode.Success : ExitCode.Interrupted;
    }

    private static void Report(RunTracking tracking, string what, int count, IReadOnlyList<SkippedImage> skipped)
    {
        tracking.Terminal.Output.WriteLine(Plural.Of(count, what));
        ReportSkipped(tracking, what, skipped);
    }

    private static void ReportSkipped(RunTracking tracking, string what, IReadOnlyList<SkippedImage> skipped)
    {
        if (skipped.Count == 0)
            return;
        string list = $"left_out_{what.Replace(' ', '_')}s.txt";
        tracking.Tracker.LogFile(list, Encoding.UTF8.GetBytes(string.Concat(skipped.Select(photo => $"{photo.Name}: {photo.Reason}\n"))));
        tracking.Terminal.WriteWarning(
            $"{Plural.Of(skipped.Count, what)} left out ({list} in the run's folder) that cannot be read, the first: {skipped[0].Name}: {skipped[0].Reason}");
    }

    private void Describe(Terminal recorded, Trainer trainer)
    {
        string precision = trainer.UsesBf16 ? "bf16" : "fp32";
        string photos = trainer.KeepsPhotosOnDevice ? ", photos kept there" : "";
        recorded.Output.WriteLine(
            $"Training {trainer.GeneratorParameters / 1e6:0.0##} million parameters on {trainer.Device} in {precision}{photos}: {Plural.Of(trainer.TotalSteps, "step")} of {options.BatchSize}, run folder {options.OutputDir}");
        if (trainer.AddedBlocks > 0)
            recorded.Output.WriteLine($"Deeper by {Plural.Of(trainer.AddedBlocks, "block")} than --init_weights; they change nothing until they have learnt.");
        if (trainer.StartsNewDiscriminators)
            recorded.Output.WriteLine("New discriminators: those beside --init_weights have other sizes; to go on with them, give the --discriminator_width and feature networks of the run that wrote them.");
        if (!trainer.HasPerceptualLoss)
            recorded.Output.WriteLine("No perceptual loss: give --vgg_weights or --resnet_weights for better pictures.");
    }
}

using Outpaint.Cli.Shell;
using Outpaint.Data;
using Outpaint.Training;

namespace Outpaint.Cli.Commands;

/// <summary>One run of <c>outpaint train</c>: loads the photos, trains, and says how to go on.</summary>
internal sealed class TrainRun(TrainingOptions options, Terminal terminal, Invocation invocation)
{
    /// <summary>Trains and returns the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        // Before the photos are decoded, which can take minutes.
        options.Validate();
        var folder = new RunFolder(options.OutputDir);
        bool resume = options.Resume is not null;
        folder.RequireReadyFor(resume);

        using var tracking = new RunTracking(options, folder, terminal, invocation);
        return tracking.Record(() => Train(folder, resume, tracking, cancellation));
    }

    private int Train(RunFolder folder, bool resume, RunTracking tracking, CancellationToken cancellation)
    {
        Terminal recorded = tracking.Terminal;
        using ImageDataset training = Load(recorded, "training photos", options.DataPath, cancellation);
        using ImageDataset? validation = options.ValPath.Length > 0 ? Load(recorded, "validation photos", options.ValPath, cancellation) : null;
        using var trainer = new Trainer(options, training, validation ?? training, folder, resume);
        Describe(recorded, trainer);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tracking.StopRequested);
        TrainingResult result = TrainingDisplay.Show(
            terminal.IsInteractive ? terminal : recorded, trainer, tracking.Tracker, stop.Token);
        recorded.Output.WriteLine(result.Completed
            ? $"Done: {result.Images} images in {result.Steps} steps. The generator is {folder.GeneratorPath}"
            : $"Stopped and saved after {result.Steps} steps. Go on with: outpaint train --resume {options.OutputDir}");
        return result.Completed ? ExitCode.Success : ExitCode.Interrupted;
    }

    private ImageDataset Load(Terminal recorded, string what, string[] paths, CancellationToken cancellation)
    {
        // More resolution than the largest crop's would only take memory.
        int shortSide = (int)(options.ImageSize * Math.Max(1, options.CropScaleMax));
        recorded.Output.WriteLine($"Reading the {what}...");
        ImageDataset dataset = ImageDataset.Load(
            paths, new ImageDatasetOptions { MaxShortSide = shortSide, Workers = options.Workers }, progress: null, cancellation);
        recorded.Output.WriteLine($"{dataset.Count} {what}");
        if (dataset.Skipped.Count > 0)
            recorded.WriteError($"{dataset.Skipped.Count} cannot be read and are left out, the first: {dataset.Skipped[0].Name}: {dataset.Skipped[0].Reason}");
        return dataset;
    }

    private void Describe(Terminal recorded, Trainer trainer)
    {
        string precision = trainer.UsesBf16 ? "bf16" : "fp32";
        string photos = trainer.KeepsPhotosOnDevice ? ", photos kept there" : "";
        recorded.Output.WriteLine(
            $"Training {trainer.GeneratorParameters / 1e6:f1} million parameters on {trainer.Device} in {precision}{photos}: {trainer.TotalSteps} steps of {options.BatchSize}, run folder {options.OutputDir}");
        if (!trainer.HasPerceptualLoss)
            recorded.Output.WriteLine("No perceptual loss: give --vgg_weights or --resnet_weights for better pictures.");
    }
}

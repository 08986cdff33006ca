using System.Globalization;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training.Runs;

/// <summary>Where a run stands, and its way to disk and back.</summary>
internal sealed class RunState(TrainingOptions options, TrainingNetworks networks, RunFolder folder, Device device)
{
    private const int MostSetbacks = 3;

    /// <summary>Steps taken.</summary>
    internal long Step { get; private set; }

    /// <summary>Images shown.</summary>
    internal long Images { get; private set; }

    /// <summary>How often the run diverged and was taken back at this <c>--lr</c>.</summary>
    internal int Setbacks { get; private set; }

    /// <summary>What the schedule's rate is multiplied with: halved by each setback.</summary>
    internal double RateScale => Math.Pow(0.5, Setbacks);

    /// <summary>Counts a step.</summary>
    internal void Advance()
    {
        Step++;
        Images += options.BatchSize;
    }

    /// <summary>Goes to the last checkpoint. A rate that is given anew starts without setbacks.</summary>
    /// <exception cref="TrainingException">It is none, or one of other networks.</exception>
    /// <exception cref="WeightsFormatException">It is damaged.</exception>
    internal void Restore()
    {
        RunPosition position;
        try
        {
            position = Checkpoint.Load(folder.CheckpointPath, networks, device);
        }
        catch (WeightsFormatException e)
        {
            throw new WeightsFormatException(e.Path, e.Problem, $"It is damaged: {folder.StartAgain}.", e);
        }
        (Step, Images) = (position.Steps, position.Images);
        Setbacks = position.LearningRate == options.LearningRate ? position.Setbacks : 0;
    }

    /// <summary>Writes a checkpoint if there is none, so that there is always one to go back to.</summary>
    internal void EnsureCheckpoint()
    {
        if (!File.Exists(folder.CheckpointPath))
            SaveCheckpoint();
    }

    /// <summary>Looks at the weights: losses are read every few steps only.</summary>
    /// <exception cref="DivergenceException">A weight is not finite.</exception>
    internal void RequireFinite()
    {
        if (!networks.AreFinite())
            throw new DivergenceException("weights are no longer finite");
    }

    /// <summary>Writes checkpoint, generator and discriminators.</summary>
    /// <exception cref="TrainingException">The folder cannot be written.</exception>
    internal void Save()
    {
        SaveCheckpoint();
        folder.Save(() =>
        {
            StartingPoint.SaveDiscriminators(folder.DiscriminatorsPath, networks);
            GeneratorFile.Save(networks.Average, folder.GeneratorPath, Notes());
        });
    }

    /// <summary>Where the averaged generator came from, for its file's metadata.</summary>
    internal Dictionary<string, string> Notes() => new()
    {
        ["images"] = Images.ToString(CultureInfo.InvariantCulture),
        ["steps"] = Step.ToString(CultureInfo.InvariantCulture),
        ["image_size"] = options.ImageSize.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Goes back to the last checkpoint with half the learning rate.</summary>
    /// <returns>One line about it.</returns>
    /// <exception cref="TrainingException">It was tried often enough.</exception>
    internal string StepBack(DivergenceException divergence)
    {
        string what = $"Training diverged at step {Step}: {divergence.Message}.";
        if (Setbacks == MostSetbacks)
            throw new TrainingException(
                $"{what} Going back and halving the learning rate did not help {MostSetbacks} times. The last good checkpoint is kept; resume from it with a lower --lr than {options.LearningRate * RateScale}.", divergence);
        int setbacks = Setbacks + 1;
        Restore();
        Setbacks = setbacks;
        SaveCheckpoint(); // so that a run that is stopped now resumes with the lower rate
        return $"{what} Going on from step {Step} at {RateScale} of the learning rate.";
    }

    private void SaveCheckpoint() => folder.Save(() =>
        Checkpoint.Save(folder.CheckpointPath, networks, new RunPosition(Step, Images, Setbacks, options.LearningRate), device));
}

namespace Outpaint.Training;

/// <summary>
/// The learning rate of each step: a linear warm-up, then constant or falling to 0 along half a cosine (Loshchilov and
/// Hutter 2017, SGDR, equation 5 without restarts). It depends on the options and the step's number only, so a resumed
/// run goes on exactly as it would have.
/// </summary>
internal sealed class LearningRateSchedule
{
    private readonly TrainingOptions options;
    private readonly long decayEnd;

    /// <summary>Lays out a schedule.</summary>
    /// <param name="options">The rate and the schedule's shape.</param>
    /// <param name="totalSteps">Steps planned in all, where the decay ends unless the options say otherwise.</param>
    /// <exception cref="TrainingException">The decay would begin after the last step.</exception>
    public LearningRateSchedule(TrainingOptions options, long totalSteps)
    {
        this.options = options;
        decayEnd = options.LrDecayEnd ?? totalSteps;
        if (options.LrSchedule != DecayChoice.Constant && decayEnd <= options.LrDecayStart)
            throw new TrainingException($"--lr_decay_start is {options.LrDecayStart}, but the run ends after {totalSteps} steps; begin earlier.");
    }

    /// <summary>The rate of the step with this number, counted from 0.</summary>
    public double At(long step) => options.LearningRate * WarmUp(step) * Decay(step);

    private double WarmUp(long step) => Math.Min(1, (step + 1) / Math.Max(1.0, options.LrWarmUpSteps));

    private double Decay(long step)
    {
        if (options.LrSchedule == DecayChoice.Constant || step < options.LrDecayStart)
            return 1;
        if (step >= decayEnd)
            return 0;
        return 0.5 * (1 + Math.Cos(Math.PI * (step - options.LrDecayStart) / (decayEnd - options.LrDecayStart)));
    }
}

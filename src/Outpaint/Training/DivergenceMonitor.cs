namespace Outpaint.Training;

/// <summary>
/// Notices from the losses that a run is lost: numbers that are not finite, an output that is no picture any more, or a
/// patch discriminator that has won for good.
/// </summary>
/// <param name="watchesDiscriminator">Whether the generator plays against it at all; if not, it always wins.</param>
internal sealed class DivergenceMonitor(bool watchesDiscriminator)
{
    // Two means of |x - y| with both in [-1, 1], at most 2 each: only an output far outside the range exceeds it.
    private const double WorstReconstruction = 4;

    // A discriminator this sure leaves the generator nothing to learn from but noise (Arjovsky and Bottou 2017, theorems
    // 2.4 and 2.6). It is sure when it is right on photographs and fills with a probability of .975 each, in the mean,
    // and gives fills one of at most e^-4. A generator often is there for a while and recovers; one that has lost has
    // stayed there for a long time and only gets further away.
    private const double SureDiscriminator = 0.05;
    private const double RejectedGenerator = 4;
    private const long Window = 1000;

    private readonly Queue<(long Step, double Adversarial)> lost = new();

    /// <summary>Whether the discriminator is winning now, so that this state is no good one to come back to.</summary>
    internal bool IsSuspicious => lost.Count > 0;

    /// <summary>Looks at a step's losses.</summary>
    /// <exception cref="DivergenceException">The run is lost.</exception>
    internal void Check(long step, IReadOnlyDictionary<string, double> losses)
    {
        if (!losses.Values.All(double.IsFinite))
            throw new DivergenceException("losses are no longer finite");
        CheckReconstruction(losses["loss/reconstruction"]);
        if (watchesDiscriminator)
            CheckDiscriminator(step, losses["loss/patch_discriminator"], losses["loss/adversarial"]);
    }

    /// <summary>Looks at a reconstruction loss.</summary>
    /// <exception cref="DivergenceException">The output is no picture.</exception>
    internal static void CheckReconstruction(double loss)
    {
        if (!(loss <= WorstReconstruction))
            throw new DivergenceException($"the output is far outside the range of pictures (reconstruction loss {loss:g3})");
    }

    private void CheckDiscriminator(long step, double discriminator, double adversarial)
    {
        if (discriminator > SureDiscriminator || adversarial < RejectedGenerator)
        {
            lost.Clear();
            return;
        }

        lost.Enqueue((step, adversarial));
        if (step - lost.Peek().Step < Window)
            return;
        int half = lost.Count / 2;
        if (lost.Skip(half).Average(report => report.Adversarial) > lost.Take(half).Average(report => report.Adversarial))
            throw new DivergenceException($"the patch discriminator has been certain for {Window} steps and the generator falls behind");
        lost.Dequeue();
    }
}

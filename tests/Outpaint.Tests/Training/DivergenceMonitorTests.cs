using Outpaint.Training;

namespace Outpaint.Tests.Training;

public sealed class DivergenceMonitorTests
{
    private readonly DivergenceMonitor monitor = new(watchesDiscriminator: true);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Losses_that_are_not_finite_are_a_divergence(double loss) =>
        Assert.Contains("finite", Assert.Throws<DivergenceException>(() => monitor.Check(1, Losses(adversarial: loss))).Message);

    [Fact]
    public void A_reconstruction_worse_than_any_picture_is_a_divergence()
    {
        monitor.Check(1, Losses(reconstruction: 3.9));

        Assert.Contains("outside the range", Assert.Throws<DivergenceException>(() => monitor.Check(2, Losses(reconstruction: 4.1))).Message);
    }

    [Fact]
    public void A_discriminator_that_stays_certain_while_the_generator_falls_behind_is_a_divergence()
    {
        var error = Assert.Throws<DivergenceException>(() => Watch(1200, step => Losses(discriminator: 0.01, adversarial: 5 + (step / 100.0))));

        Assert.Contains("discriminator", error.Message);
    }

    [Fact]
    public void A_generator_that_catches_up_is_left_alone() =>
        Watch(5000, step => Losses(discriminator: 0.01, adversarial: 50 - (step / 200.0)));

    [Fact]
    public void A_discriminator_that_is_certain_now_and_then_is_left_alone() =>
        Watch(5000, step => Losses(discriminator: step % 900 == 0 ? 0.5 : 0.01, adversarial: 5 + (step / 100.0)));

    [Fact]
    public void A_certain_discriminator_that_the_generator_still_answers_is_left_alone() =>
        Watch(5000, step => Losses(discriminator: 0.01, adversarial: 2 + (step / 5000.0)));

    [Fact]
    public void A_generator_that_does_not_play_cannot_lose()
    {
        var idle = new DivergenceMonitor(watchesDiscriminator: false);

        for (long step = 0; step < 5000; step += 20)
            idle.Check(step, Losses(discriminator: 0, adversarial: 5 + (step / 100.0)));

        Assert.False(idle.IsSuspicious);
    }

    [Fact]
    public void No_checkpoint_is_wanted_while_the_discriminator_is_winning()
    {
        monitor.Check(20, Losses(discriminator: 0.01, adversarial: 9));
        Assert.True(monitor.IsSuspicious);

        monitor.Check(40, Losses(discriminator: 0.8, adversarial: 1));
        Assert.False(monitor.IsSuspicious);
    }

    private void Watch(long steps, Func<long, Dictionary<string, double>> losses)
    {
        for (long step = 0; step < steps; step += 20)
            monitor.Check(step, losses(step));
    }

    private static Dictionary<string, double> Losses(double reconstruction = 0.3, double discriminator = 1.2, double adversarial = 0.8) => new()
    {
        ["loss/reconstruction"] = reconstruction,
        ["loss/patch_discriminator"] = discriminator,
        ["loss/adversarial"] = adversarial,
    };
}

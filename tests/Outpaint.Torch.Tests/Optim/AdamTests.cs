using Outpaint.Torch.Modules;
using Outpaint.Torch.Optim;

namespace Outpaint.Torch.Tests.Optim;

public class AdamTests
{
    private static readonly AdamOptions Options = new(LearningRate: 0.1, Beta1: 0.5);

    // Python, torch 1.13:
    //   p = torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64, requires_grad=True)
    //   q = torch.tensor([[0.5, -0.25]], dtype=torch.float64, requires_grad=True)
    //   o = torch.optim.Adam([p, q], lr=0.1, betas=(0.5, 0.999))
    //   for i in range(5):
    //       o.zero_grad(); (p.pow(2).sum() * q.sum() + q.pow(3).sum()).backward(); o.step()
    //   print(p.tolist(), q.tolist())
    [Fact]
    public void Five_steps_equal_pytorchs()
    {
        (string, Tensor)[] parameters = Parameters();
        using Adam adam = new(parameters, Options);

        Train(adam, parameters, 5);

        Assert.Equal([1.048881416277706, -2.055804445132416, 3.057895763671286], parameters[0].Item2.ToArray<double>(), Close);
        Assert.Equal([0.011943478224526682, -0.7468213538593447], parameters[1].Item2.ToArray<double>(), Close);
    }

    [Fact]
    public void A_restored_optimizer_goes_on_exactly()
    {
        (string Name, Tensor Tensor)[] first = Parameters(), second = Parameters();
        using Adam stopped = new(first, Options), resumed = new(second, Options);
        Train(stopped, first, 3);

        for (int i = 0; i < first.Length; i++)
            second[i].Tensor.Detach().Copy_(first[i].Tensor);
        resumed.LoadStateDict(stopped.StateDict());
        Train(stopped, first, 4);
        Train(resumed, second, 4);

        Assert.Equal(7, resumed.Steps);
        for (int i = 0; i < first.Length; i++)
            Assert.Equal(first[i].Tensor.ToArray<double>(), second[i].Tensor.ToArray<double>());
    }

    [Fact]
    public void A_state_of_other_parameters_is_refused_and_changes_nothing()
    {
        (string, Tensor)[] parameters = Parameters();
        using Adam adam = new(parameters, Options);
        Train(adam, parameters, 2);
        Dictionary<string, Tensor> State() => adam.StateDict().ToDictionary(entry => entry.Key, entry => Tensor.Zeros(entry.Value.Shape));

        Dictionary<string, Tensor> lacking = State(), misshapen = State();
        lacking.Remove("q.exp_avg_sq");
        misshapen["p.exp_avg"] = Tensor.Zeros([1]);

        Assert.Throws<StateDictException>(() => adam.LoadStateDict(lacking));
        Assert.Throws<StateDictException>(() => adam.LoadStateDict(misshapen));
        Assert.Equal(2, adam.Steps);
        Assert.NotEqual(0, adam.StateDict()["q.exp_avg"].Abs().Sum().Item());
    }

    [Fact]
    public void Parameters_without_a_gradient_stay_as_they_are()
    {
        (string, Tensor)[] parameters = Parameters();
        using Adam adam = new(parameters, Options);
        double[] before = parameters[1].Item2.ToArray<double>();

        parameters[0].Item2.Sum().Backward();
        adam.Step();

        Assert.Equal(before, parameters[1].Item2.ToArray<double>());
        double step = 0.1 / (1 + 1e-8); // the first one has the length of the learning rate, but for epsilon
        Assert.Equal([1 - step, -2 - step, 3 - step], parameters[0].Item2.ToArray<double>(), Close);
        Assert.Equal(0, adam.StateDict()["q.exp_avg"].Abs().Sum().Item());
    }

    [Fact]
    public void Without_any_gradient_no_step_is_counted()
    {
        using Adam adam = new(Parameters(), Options);

        adam.Step();

        Assert.Equal(0, adam.Steps);
    }

    [Fact]
    public void The_learning_rate_can_change_between_steps()
    {
        (string, Tensor)[] parameters = Parameters();
        using Adam adam = new(parameters, Options) { LearningRate = 0 };

        Train(adam, parameters, 1);

        Assert.Equal([1.0, -2, 3], parameters[0].Item2.ToArray<double>());
    }

    [Fact]
    public void The_moments_outlive_the_scope_they_were_made_in()
    {
        (string, Tensor)[] parameters = Parameters();
        Adam adam;
        using (new TensorScope())
            adam = new Adam(parameters, Options);

        Train(adam, parameters, 2);

        Assert.Equal(2, adam.Steps);
        adam.Dispose();
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static (string Name, Tensor Tensor)[] Parameters()
    {
        Tensor p = Tensor.From<double>([1, -2, 3]), q = Tensor.From<double>([0.5, -0.25], 1, 2);
        p.RequiresGrad = q.RequiresGrad = true;
        return [("p", p), ("q", q)];
    }

    private static void Train(Adam adam, (string Name, Tensor Tensor)[] parameters, int steps)
    {
        (Tensor p, Tensor q) = (parameters[0].Tensor, parameters[1].Tensor);
        for (int i = 0; i < steps; i++)
        {
            adam.ZeroGrad();
            ((p.Square().Sum() * q.Sum()) + (q * q * q).Sum()).Backward();
            adam.Step();
        }
    }
}

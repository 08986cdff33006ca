using Outpaint.Torch.Modules;

namespace Outpaint.Torch.Optim;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) over all parameters at once with libtorch's multi-tensor operators.
/// Parameters without a gradient are left alone. All share one step count: one whose first gradient comes later than
/// the others' starts with the bias correction of their step.
/// </summary>
public sealed class Adam : IDisposable
{
    private readonly (string Name, Tensor Tensor)[] parameters;
    private readonly Tensor[] firstMoments;
    private readonly Tensor[] secondMoments;
    private readonly AdamOptions options;

    /// <summary>Starts with zero moments.</summary>
    /// <param name="parameters">Leaves that require a gradient, with unique names.</param>
    /// <param name="options">Step size and decay rates.</param>
    public Adam(IEnumerable<(string Name, Tensor Tensor)> parameters, AdamOptions options)
    {
        this.parameters = [.. parameters];
        this.options = options;
        LearningRate = options.LearningRate;
        firstMoments = ZerosLike();
        secondMoments = ZerosLike();
    }

    /// <summary>The step size from the next step on.</summary>
    public double LearningRate { get; set; }

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Forgets the parameters' gradients.</summary>
    public void ZeroGrad()
    {
        foreach ((_, Tensor parameter) in parameters)
            parameter.Grad = null;
    }

    /// <summary>Updates the parameters from their gradients.</summary>
    public void Step()
    {
        using TensorScope scope = new();
        using GradMode noGrad = GradMode.Disabled();
        Tensor?[] gradients = [.. parameters.Select(parameter => parameter.Tensor.Grad)];
        int[] used = [.. Enumerable.Range(0, gradients.Length).Where(i => gradients[i] is not null)];
        if (used.Length == 0)
            return;
        Steps++;
        Tensor[] gradient = [.. used.Select(i => gradients[i]!)];
        Tensor[] parameter = [.. used.Select(i => parameters[i].Tensor)];
        Tensor[] first = [.. used.Select(i => firstMoments[i])];
        Tensor[] second = [.. used.Select(i => secondMoments[i])];

        Dispatcher.CallInPlace("_foreach_mul_.Scalar", first, options.Beta1);
        Dispatcher.CallInPlace("_foreach_add_.List", first, gradient, 1 - options.Beta1);
        Dispatcher.CallInPlace("_foreach_mul_.Scalar", second, options.Beta2);
        Dispatcher.CallInPlace("_foreach_addcmul_.Scalar", second, gradient, gradient, 1 - options.Beta2);

        double correction1 = 1 - Math.Pow(options.Beta1, Steps);
        double correction2 = 1 - Math.Pow(options.Beta2, Steps);
        Tensor[] denominator = Dispatcher.CallMany("_foreach_sqrt", second);
        Dispatcher.CallInPlace("_foreach_div_.Scalar", denominator, Math.Sqrt(correction2));
        Dispatcher.CallInPlace("_foreach_add_.Scalar", denominator, options.Epsilon);
        Dispatcher.CallInPlace("_foreach_addcdiv_.Scalar", parameter, first, denominator, -LearningRate / correction1);
    }

    /// <summary>The step count and, by parameter name, the moments; the latter are the optimizer's own tensors, not copies.</summary>
    public IReadOnlyDictionary<string, Tensor> StateDict()
    {
        var state = new Dictionary<string, Tensor> { ["steps"] = Tensor.From([Steps]) };
        for (int i = 0; i < parameters.Length; i++)
        {
            state[parameters[i].Name + ".exp_avg"] = firstMoments[i];
            state[parameters[i].Name + ".exp_avg_sq"] = secondMoments[i];
        }

        return state;
    }

    /// <summary>Restores what <see cref="StateDict"/> returned.</summary>
    /// <exception cref="StateDictException">The state belongs to parameters of other names or shapes.</exception>
    public void LoadStateDict(IReadOnlyDictionary<string, Tensor> state)
    {
        IReadOnlyDictionary<string, Tensor> own = StateDict();
        StateDictLoader.Copy(state, own, ignoreUnknown: false);
        using Tensor steps = own["steps"];
        Steps = (long)steps.Item();
    }

    /// <summary>Releases the moments.</summary>
    public void Dispose()
    {
        foreach (Tensor moment in firstMoments.Concat(secondMoments))
            moment.Dispose();
    }

    private Tensor[] ZerosLike()
    {
        using GradMode noGrad = GradMode.Disabled();
        return [.. parameters.Select(parameter => TensorScope.Release(Dispatcher.Call("zeros_like", parameter.Tensor)))];
    }
}

using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>A step's losses, still on the device; reading them waits for it.</summary>
internal sealed class StepLosses : IDisposable
{
    private readonly string[] names;
    private readonly Tensor values;

    /// <summary>Puts losses together.</summary>
    /// <param name="losses">Scalars on the device, each with its name in the records.</param>
    internal StepLosses(params (string Name, Tensor Loss)[] losses)
    {
        using TensorScope scope = new();
        names = [.. losses.Select(entry => entry.Name)];
        values = TensorScope.Release(Tensor.Stack([.. losses.Select(entry => entry.Loss.Detach())]));
    }

    /// <summary>The losses by name.</summary>
    internal IReadOnlyDictionary<string, double> Read()
    {
        float[] numbers = values.ToArray<float>();
        return names.Zip(numbers).ToDictionary(entry => entry.First, entry => (double)entry.Second);
    }

    public void Dispose() => values.Dispose();
}

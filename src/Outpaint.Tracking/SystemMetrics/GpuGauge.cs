namespace Outpaint.Tracking.SystemMetrics;

/// <summary>NVIDIA GPUs.</summary>
internal sealed class GpuGauge : IGauge
{
    private readonly Lazy<bool> isPresent = new(() => NvidiaSmi.ListGpus().Count > 0);

    public void Read(IDictionary<string, double> sample)
    {
        if (!isPresent.Value)
            return;
        foreach ((string name, double value) in NvidiaSmi.Sample())
            sample[name] = value;
    }
}

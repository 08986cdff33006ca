using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Tests.Imaging;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training;

/// <summary>Runs that take a second, in single precision, which is the same on every processor of a kind.</summary>
internal static class SmallRuns
{
    public static TrainingOptions Tiny { get; } = new()
    {
        DataPath = ["photos"],
        ImageSize = 64,
        BatchSize = 2,
        MaxSteps = 6,
        LogEvery = 1,
        WarmUpSteps = 2,
        GeneratorWidth = 8,
        GeneratorDepth = 1,
        DiscriminatorWidth = 8,
        Device = DeviceChoice.Cpu,
        Precision = PrecisionChoice.Fp32,
        Seed = 4,
    };

    /// <summary>Different photos, a little larger than the canvas.</summary>
    public static ImageDataset Photos(TemporaryFolder folder, int count = 4)
    {
        string path = folder.File("photos");
        Directory.CreateDirectory(path);
        for (int i = 0; i < count; i++)
            Photo.SavePng(Pictures.Scene(80 + (4 * i), 72, seed: i), Path.Combine(path, $"{i}.png"));
        return ImageDataset.Load([path]);
    }

    public static TrainingResult Train(
        TrainingOptions options, ImageDataset photos, RunFolder folder, bool resume = false, long? stopAfter = null)
    {
        using var stop = new CancellationTokenSource();
        using var trainer = new Trainer(options, photos, folder, resume);
        return trainer.Run(new Watcher(step =>
        {
            if (step == stopAfter)
                stop.Cancel();
        }), cancellation: stop.Token);
    }

    public static string MetricsPath(RunFolder folder) => Path.Combine(folder.Path, "metrics.jsonl");

    /// <summary>The lines of metrics.jsonl without what depends on the clock.</summary>
    public static Dictionary<string, double>[] Metrics(RunFolder folder) =>
    [
        .. File.ReadLines(MetricsPath(folder)).Select(line =>
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, double>>(line)!;
            Assert.True(values.Remove("images_per_second"));
            return values;
        }),
    ];

    /// <summary>Hashes of the learned weights in a run's checkpoint, without averages, optimizers and random state.</summary>
    public static Dictionary<string, string> Weights(RunFolder folder)
    {
        using TensorScope scope = new();
        using SafetensorsFile file = SafetensorsFile.Open(folder.CheckpointPath);
        return file.Entries.Keys
            .Where(name => name.Split('/')[0] is "generator" or "patch" or "projected")
            .ToDictionary(name => name, name => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(file.Load(name).ToArray<float>().AsSpan()))));
    }

    /// <summary>Changes a run's checkpoint and leaves out the checksum, as earlier versions did.</summary>
    public static void ChangeCheckpoint(RunFolder folder, Action<Dictionary<string, Tensor>> change)
    {
        using TensorScope scope = new();
        Dictionary<string, Tensor> state;
        Dictionary<string, string> notes;
        using (SafetensorsFile file = SafetensorsFile.Open(folder.CheckpointPath))
            (state, notes) = (file.LoadAll(), file.Metadata.ToDictionary());
        Assert.True(notes.Remove("checksum"));
        change(state);
        SafetensorsWriter.Write(folder.CheckpointPath, state, notes);
    }

    public sealed class Watcher(Action<long> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value.Step);
    }
}

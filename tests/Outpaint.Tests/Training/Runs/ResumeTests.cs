using Outpaint.Data;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training.Runs;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ImageDataset photos;

    public ResumeTests() => photos = SmallRuns.Photos(temporary);

    [Fact]
    public void A_resumed_run_equals_an_uninterrupted_one_bit_by_bit()
    {
        RunFolder whole = Folder("whole"), parts = Folder("parts");
        SmallRuns.Train(SmallRuns.Tiny, photos, whole);

        TrainingResult stopped = SmallRuns.Train(SmallRuns.Tiny, photos, parts, stopAfter: 3);
        TrainingResult finished = SmallRuns.Train(SmallRuns.Tiny, photos, parts, resume: true);

        Assert.Equal(new TrainingResult(3, 6, Completed: false), stopped);
        Assert.Equal(new TrainingResult(6, 12, Completed: true), finished);
        // Weights, average, both optimizers and the random state.
        Assert.Equal(File.ReadAllBytes(whole.CheckpointPath), File.ReadAllBytes(parts.CheckpointPath));
        Assert.Equal(File.ReadAllBytes(whole.GeneratorPath), File.ReadAllBytes(parts.GeneratorPath));
        Assert.Equal(SmallRuns.Metrics(whole), SmallRuns.Metrics(parts));
        Assert.Equal([1, 2, 3, 4, 5, 6], SmallRuns.Metrics(parts).Select(line => line["step"]));
    }

    [Fact]
    public void What_the_trainer_is_given_counts_instead_of_what_the_options_say_of_it()
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny, photos, folder, stopAfter: 3);
        TrainingOptions elsewhere = SmallRuns.Tiny with { OutputDir = "elsewhere", InitWeights = temporary.File("moved since") };

        TrainingResult finished = SmallRuns.Train(elsewhere, photos, folder, resume: true); // the checkpoint has the weights

        Assert.True(finished.Completed);
        Assert.Equal(Path.GetFullPath(folder.Path), RunFolder.ReadConfig(folder.Path).OutputDir);
    }

    [Fact]
    public void So_does_one_with_every_part_of_the_objective()
    {
        RunFolder whole = Folder("whole"), parts = Folder("parts");
        TrainingOptions options = SmallRuns.Tiny with { WarmUpSteps = 1, R1Gamma = 10, R1Every = 2, DiffAugment = true, LrSchedule = DecayChoice.Cosine };

        SmallRuns.Train(options, photos, whole);
        SmallRuns.Train(options, photos, parts, stopAfter: 3);
        SmallRuns.Train(options, photos, parts, resume: true);

        Assert.Equal(File.ReadAllBytes(whole.CheckpointPath), File.ReadAllBytes(parts.CheckpointPath));
    }

    [Fact]
    public void A_run_that_was_killed_after_its_checkpoint_takes_the_lost_steps_again()
    {
        RunFolder whole = Folder("whole"), killed = Folder("killed");
        SmallRuns.Train(SmallRuns.Tiny, photos, whole);
        SmallRuns.Train(SmallRuns.Tiny, photos, killed, stopAfter: 3);
        byte[] checkpoint = File.ReadAllBytes(killed.CheckpointPath);
        SmallRuns.Train(SmallRuns.Tiny, photos, killed, resume: true, stopAfter: 5);
        // As if the process had died in step 6, while it wrote that line.
        File.WriteAllBytes(killed.CheckpointPath, checkpoint);
        File.AppendAllText(SmallRuns.MetricsPath(killed), "{\"step\": 6, \"ima");
        string half = $"{killed.CheckpointPath}.{Guid.NewGuid():N}.tmp", foreign = Path.Combine(killed.Path, "notes.tmp");
        File.WriteAllText(half, "half a checkpoint");
        File.WriteAllText(foreign, "the user's own");

        SmallRuns.Train(SmallRuns.Tiny, photos, killed, resume: true);

        Assert.Equal(SmallRuns.Metrics(whole), SmallRuns.Metrics(killed));
        Assert.Equal(File.ReadAllBytes(whole.CheckpointPath), File.ReadAllBytes(killed.CheckpointPath));
        Assert.False(File.Exists(half));
        Assert.True(File.Exists(foreign));
    }

    [Fact]
    public void A_run_goes_on_on_another_kind_of_device()
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        SmallRuns.ChangeCheckpoint(folder, state => state["random_state"] = Tensor.Zeros([16], DType.UInt8)); // a GPU's is that long

        TrainingResult finished = SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 2 }, photos, folder, resume: true);

        Assert.Equal(new TrainingResult(2, 4, Completed: true), finished);
    }

    [Fact]
    public void A_truncated_checkpoint_is_an_error_that_names_it()
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        byte[] bytes = File.ReadAllBytes(folder.CheckpointPath);
        File.WriteAllBytes(folder.CheckpointPath, bytes[..(bytes.Length / 2)]);

        var error = Assert.Throws<WeightsFormatException>(() => SmallRuns.Train(SmallRuns.Tiny, photos, folder, resume: true));

        Assert.StartsWith(folder.CheckpointPath, error.Message);
    }

    [Theory]
    [InlineData(0.5)] // somewhere in the weights
    [InlineData(1)] // the last byte
    public void A_checkpoint_with_a_flipped_bit_is_an_error_that_names_it_and_says_what_to_do(double place)
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        byte[] bytes = File.ReadAllBytes(folder.CheckpointPath);
        bytes[(int)(place * (bytes.Length - 1))] ^= 1;
        File.WriteAllBytes(folder.CheckpointPath, bytes);

        var error = Assert.Throws<WeightsFormatException>(() => SmallRuns.Train(SmallRuns.Tiny, photos, folder, resume: true));

        Assert.Equal(
            $"{folder.CheckpointPath}: its content does not match its checksum. It is damaged: start a new run from its generator with "
            + $"--init_weights {folder.GeneratorPath} and another --output_dir.", error.Message);
    }

    [Fact]
    public void A_step_count_that_was_changed_in_the_file_is_noticed_as_well()
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        byte[] bytes = File.ReadAllBytes(folder.CheckpointPath);
        int steps = bytes.AsSpan().IndexOf("\"steps\":\"1\""u8);
        bytes[steps + "\"steps\":\"".Length] = (byte)'3';
        File.WriteAllBytes(folder.CheckpointPath, bytes);

        Assert.Contains(
            "does not match its checksum", Assert.Throws<WeightsFormatException>(() => SmallRuns.Train(SmallRuns.Tiny, photos, folder, resume: true)).Message);
    }

    [Fact]
    public void A_checkpoint_of_an_earlier_version_without_a_checksum_is_resumed()
    {
        RunFolder whole = Folder("whole"), earlier = Folder("earlier");
        SmallRuns.Train(SmallRuns.Tiny, photos, whole);
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 3 }, photos, earlier);
        SmallRuns.ChangeCheckpoint(earlier, state => { });

        SmallRuns.Train(SmallRuns.Tiny, photos, earlier, resume: true);

        Assert.Equal(File.ReadAllBytes(whole.CheckpointPath), File.ReadAllBytes(earlier.CheckpointPath));
    }

    [Fact]
    public void A_checkpoint_of_other_networks_is_an_error_that_says_so()
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);

        var error = Assert.Throws<TrainingException>(
            () => SmallRuns.Train(SmallRuns.Tiny with { GeneratorWidth = 16 }, photos, folder, resume: true));

        Assert.Contains("does not fit this run's networks", error.Message);
    }

    [Fact]
    public void Weights_that_are_no_checkpoint_are_an_error_that_says_so()
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        File.Copy(folder.GeneratorPath, folder.CheckpointPath, overwrite: true);

        var error = Assert.Throws<TrainingException>(() => SmallRuns.Train(SmallRuns.Tiny, photos, folder, resume: true));

        Assert.Contains("is no checkpoint", error.Message);
    }

    [Fact]
    public void A_checkpoint_that_does_not_say_where_it_was_made_is_an_error_that_names_it()
    {
        RunFolder folder = Folder("run");
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        using (TensorScope scope = new())
        {
            Dictionary<string, Tensor> state;
            using (SafetensorsFile file = SafetensorsFile.Open(folder.CheckpointPath))
                state = file.LoadAll();
            SafetensorsWriter.Write(folder.CheckpointPath, state, new Dictionary<string, string> { ["format"] = "outpaint-checkpoint-1", ["steps"] = "many" });
        }

        var error = Assert.Throws<WeightsFormatException>(() => SmallRuns.Train(SmallRuns.Tiny, photos, folder, resume: true));

        Assert.StartsWith($"{folder.CheckpointPath}: it does not say its steps. ", error.Message);
    }

    [Fact]
    public void A_finished_run_resumes_with_more_steps()
    {
        RunFolder whole = Folder("whole"), extended = Folder("extended");
        SmallRuns.Train(SmallRuns.Tiny, photos, whole);

        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 3 }, photos, extended);
        SmallRuns.Train(SmallRuns.Tiny, photos, extended, resume: true);

        Assert.Equal(File.ReadAllBytes(whole.CheckpointPath), File.ReadAllBytes(extended.CheckpointPath));
    }

    public void Dispose()
    {
        photos.Dispose();
        temporary.Dispose();
    }

    private RunFolder Folder(string name) => new(temporary.File(name));
}

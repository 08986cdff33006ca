using Outpaint.Data;
using Outpaint.Metrics.Fid;
using Outpaint.Torch.Serialization;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public void Options_survive_the_round_trip_through_config_json()
    {
        TrainingOptions options = SmallRuns.Tiny with
        {
            DataPath = ["/photos/a", "/photos/b.tar"],
            ValPath = ["/photos/c"],
            OutputDir = temporary.Path,
            WandbProject = "größe \"1\"",
            LearningRate = 1e-5,
            MaxSteps = null,
            Precision = PrecisionChoice.Bf16,
            VggWeights = "/weights/vgg19.pth",
        };
        new RunFolder(temporary.Path).WriteConfig(options);

        Assert.Equivalent(options, RunFolder.ReadConfig(temporary.Path), strict: true);
    }

    [Fact]
    public void Config_json_names_files_so_that_they_are_found_from_any_working_directory()
    {
        new RunFolder(temporary.Path).WriteConfig(new TrainingOptions
        {
            DataPath = ["photos", "b.tar"],
            ValPath = ["../val"],
            VggWeights = "vgg.pth",
            ResNetWeights = "resnet.pth",
            InitWeights = "weights/g.safetensors",
            LpipsWeights = "lpips.pth",
            InceptionWeights = "inception.pth",
            OutputDir = "runs/mine",
        });

        TrainingOptions read = RunFolder.ReadConfig(temporary.Path);

        Assert.Equal(
            new[] { "photos", "b.tar", "../val", "vgg.pth", "resnet.pth", "weights/g.safetensors", "lpips.pth", "inception.pth", "runs/mine" }.Select(Path.GetFullPath),
            [.. read.DataPath, .. read.ValPath, read.VggWeights, read.ResNetWeights, read.InitWeights, read.LpipsWeights, read.InceptionWeights, read.OutputDir]);
    }

    [Fact]
    public void What_was_moved_together_with_a_run_is_found_again_and_what_stayed_too()
    {
        string Make(string name)
        {
            Directory.CreateDirectory(temporary.File(name));
            return temporary.File(name);
        }
        var folder = new RunFolder(temporary.File("before/runs/mine"));
        folder.WriteConfig(new TrainingOptions { DataPath = [Make("before/photos"), Make("stays")], ValPath = [temporary.File("nowhere")], OutputDir = folder.Path });
        Directory.Move(temporary.File("before"), temporary.File("after"));

        TrainingOptions read = RunFolder.ReadConfig(temporary.File("after/runs/mine"));

        Assert.Equal([temporary.File("after/photos"), temporary.File("stays")], read.DataPath);
        Assert.Equal([temporary.File("nowhere")], read.ValPath);
    }

    [Fact]
    public void Relative_paths_in_an_older_config_are_found_from_another_working_directory()
    {
        temporary.Write("runs/mine/config.json", """{ "data_path": ["some photos"], "output_dir": "runs/mine" }"""u8.ToArray());
        Directory.CreateDirectory(temporary.File("some photos"));

        Assert.Equal([temporary.File("some photos")], RunFolder.ReadConfig(temporary.File("runs/mine")).DataPath);
    }

    [Fact]
    public void Config_json_is_indented_and_speaks_the_command_lines_language()
    {
        new RunFolder(temporary.Path).WriteConfig(new TrainingOptions { Precision = PrecisionChoice.Bf16 });

        string[] lines = File.ReadAllLines(temporary.File("config.json"));

        Assert.Contains("  \"device\": \"auto\",", lines);
        Assert.Contains("  \"precision\": \"bf16\",", lines);
        Assert.Contains("  \"image_size\": 192,", lines);
        Assert.Contains("  \"lr\": 0.0002,", lines);
        Assert.Contains("  \"resnet_weights\": null,", lines);
        Assert.Contains("  \"tensorboard\": false,", lines);
    }

    [Theory]
    [InlineData("""{ "image_size": 64, "device": "cpu" }""")]
    [InlineData("""{ "image_size": 64, "device": "Cpu", "from_another_version": [1, 2] }""")]
    public void Missing_fields_take_their_defaults_and_unknown_ones_are_ignored(string json)
    {
        File.WriteAllText(temporary.File("config.json"), json);

        Assert.Equivalent(
            new TrainingOptions { ImageSize = 64, Device = DeviceChoice.Cpu }, RunFolder.ReadConfig(temporary.Path), strict: true);
    }

    [Theory]
    [InlineData(null, "Could not find file")]
    [InlineData("", "")]
    [InlineData("null", "the file is empty")]
    [InlineData("[]", "it is no list of options")]
    [InlineData("{ \"image_size\": ", "'image_size' has a value that it cannot have")]
    [InlineData("{ \"image_size\": \"wide\" }", "'image_size' has a value that it cannot have")]
    [InlineData("{ \"device\": \"tpu\" }", "'device' has a value that it cannot have")]
    [InlineData("{ \"data_path\": null }", "")]
    public void An_unreadable_config_is_an_error_that_names_it(string? json, string reason)
    {
        if (json is not null)
            File.WriteAllText(temporary.File("config.json"), json);

        var error = Assert.Throws<TrainingException>(() => RunFolder.ReadConfig(temporary.Path));

        Assert.StartsWith($"Cannot resume from {temporary.Path}: {temporary.File("config.json")} cannot be read ({reason}", error.Message);
    }

    [Theory]
    [InlineData("\"image_size\": \"wide\"", "'image_size' has a value that it cannot have; it must be a whole number, at least 64, at most 1024")]
    [InlineData("\"image_size\": 64.5", "'image_size' has a value that it cannot have; it must be a whole number, at least 64, at most 1024")]
    [InlineData("\"epochs\": 99999999999", "'epochs' has a value that it cannot have; it must be a whole number, at least 1")]
    [InlineData("\"max_steps\": [3]", "'max_steps' has a value that it cannot have; it must be a whole number, at least 1")]
    [InlineData("\"lr\": true", "'lr' has a value that it cannot have; it must be a number, above 0, at most 1")]
    [InlineData("\"device\": \"tpu\"", "'device' has a value that it cannot have; it must be auto, cpu or cuda")]
    [InlineData("\"tensorboard\": 1", "'tensorboard' has a value that it cannot have; it must be true or false")]
    [InlineData("\"wandb_project\": 1", "'wandb_project' has a value that it cannot have; it must be a text in quotes")]
    [InlineData("\"data_path\": \"photos\"", "'data_path' has a value that it cannot have; it must be a list of texts in quotes")]
    [InlineData("\"data_path\": [3]", "'data_path[0]' has a value that it cannot have; it must be a list of texts in quotes")]
    [InlineData("\"data_path\": null", "'data_path' has a value that it cannot have; it must be a list of texts in quotes")]
    [InlineData("\"data_path\": [\"a\\u0000b\"]", "it names a path that cannot be one")]
    [InlineData("\"epochs\": 0", "'epochs' is 0; it must be at least 1")]
    [InlineData("\"beta1\": 1", "'beta1' is 1; it must be below 1")]
    [InlineData("\"crop_scale_min\": 0.125", "'crop_scale_min' is 0.125; it must be at least 0.25")]
    [InlineData("\"generator_width\": 4096", "'generator_width' is 4096; it must be at most 512")]
    public void A_value_in_config_json_that_cannot_be_is_an_error_that_says_what_can(string line, string reason)
    {
        File.WriteAllText(temporary.File("config.json"), $"{{ {line} }}");

        var error = Assert.Throws<TrainingException>(() => RunFolder.ReadConfig(temporary.Path));

        Assert.Equal(
            $"Cannot resume from {temporary.Path}: {temporary.File("config.json")} cannot be read ({reason}). Mend it, or name the folder of an earlier run.",
            error.Message);
    }

    [Fact]
    public void A_file_in_the_way_is_an_error_that_says_what_to_do()
    {
        temporary.Write("run", []);

        var error = Assert.Throws<TrainingException>(() => new RunFolder(temporary.File("run")));

        Assert.Equal($"{temporary.File("run")} is a file; name a folder with --output_dir.", error.Message);
    }

    [Fact]
    public void A_generator_without_a_checkpoint_is_not_written_over_and_its_run_not_resumed()
    {
        var folder = new RunFolder(temporary.Path);
        temporary.Write("generator.safetensors", []);

        Assert.Contains("holds the generator of a run already", Assert.Throws<TrainingException>(() => folder.RequireReadyFor(resume: false)).Message);
        Assert.Contains($"--init_weights {folder.GeneratorPath}", Assert.Throws<TrainingException>(() => folder.RequireReadyFor(resume: true)).Message);
    }

    [Theory]
    [InlineData("best.safetensors", "start a new run from its generator with --init_weights {file} and another --output_dir")]
    [InlineData("discriminators.safetensors", "start a new run with another --output_dir")]
    public void A_run_with_a_damaged_checkpoint_is_begun_anew_from_what_there_is(string left, string remedy)
    {
        using ImageDataset photos = SmallRuns.Photos(temporary);
        var folder = new RunFolder(temporary.File("run"));
        temporary.Write($"run/{left}", []);
        File.WriteAllBytes(folder.CheckpointPath, []);

        var error = Assert.Throws<WeightsFormatException>(() => new Trainer(SmallRuns.Tiny, photos, folder, resume: true));

        Assert.EndsWith($"It is damaged: {remedy.Replace("{file}", temporary.File($"run/{left}"))}.", error.Message);
    }

    [Fact]
    public void Only_one_at_a_time_trains_in_a_folder()
    {
        var folder = new RunFolder(temporary.Path);

        using (folder.Lock())
            Assert.StartsWith("Another run goes on in", Assert.Throws<TrainingException>(folder.Lock).Message);

        folder.Lock().Dispose();
    }

    [Fact]
    public void A_folder_takes_one_trainer_at_a_time()
    {
        using ImageDataset photos = SmallRuns.Photos(temporary);
        using (new Trainer(SmallRuns.Tiny, photos, new RunFolder(temporary.File("run"))))
            Assert.StartsWith("Another run goes on in", Assert.Throws<TrainingException>(() => new Trainer(SmallRuns.Tiny, photos, new RunFolder(temporary.File("run")))).Message);

        new Trainer(SmallRuns.Tiny, photos, new RunFolder(temporary.File("run"))).Dispose();
    }

    [Theory]
    [InlineData("", "runs/mine")]
    [InlineData("{folder}", "{folder}")]
    [InlineData("{folder}/checkpoints/last.safetensors", "{folder}")]
    public void The_run_to_resume_is_named_by_its_folder_its_checkpoint_or_the_output_folder(string resume, string expected)
    {
        temporary.Write("checkpoints/last.safetensors", []);
        string Filled(string text) => text.Replace("{folder}", temporary.Path);

        Assert.Equal(Filled(expected), RunFolder.Locate(new TrainingOptions { Resume = Filled(resume), OutputDir = "runs/mine" }));
    }

    public void Dispose() => temporary.Dispose();
}

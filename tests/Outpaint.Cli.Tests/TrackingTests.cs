using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Outpaint.Cli.Commands;
using Outpaint.Cli.Commands.Train;
using Outpaint.Cli.Shell;
using Outpaint.Testing.Wandb;
using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Cli.Tests;

public sealed class TrackingTests : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef01234567";

    private readonly CommandLine program = new();

    private string Run => program.File("run");

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_run_is_recorded_for_wandb_and_TensorBoard_when_asked_and_says_how_to_sync()
    {
        int code = await Train("--wandb_project", "mine", "--wandb_tags", "a,b", "--tensorboard", "--sample_every", "1");

        Assert.Equal((0, ""), (code, program.Error));
        string wandb = Assert.Single(WandbFolders());
        Assert.StartsWith($"W&B: no API key, so offline; upload it at any time with: wandb sync {wandb}\n", program.Output);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(wandb, "files", "media", "images"), "samples_*.png").Length);
        Assert.Single(Directory.GetFiles(Run, "events.out.tfevents.*"));
        Assert.Equal(program.Output, File.ReadAllText(program.File("run/output.log")));
        JsonNode run = JsonNode.Parse(File.ReadAllText(program.File("run/run.json")))!;
        Assert.Equal(0, (int)run["exit_code"]!);
        Assert.Equal(64, (int)run["config"]!["image_size"]!);
        Assert.True((int)run["config"]!["model"]!["generator"]!["parameters"]! > 1000);
    }

    [Fact]
    public async Task A_run_that_fails_records_why()
    {
        int code = await Train("--vgg_weights", program.Weights, "--wandb_mode", "offline");

        Assert.Equal(1, code);
        Assert.Equal(1, (int)JsonNode.Parse(File.ReadAllText(program.File("run/run.json")))!["exit_code"]!);
        Assert.EndsWith(program.Error, File.ReadAllText(program.File("run/output.log")));
    }

    [Fact]
    public async Task A_mistyped_path_is_no_run_and_costs_an_earlier_one_nothing()
    {
        await Train();
        string before = File.ReadAllText(program.File("run/run.json"));

        Assert.Equal(1, await program.Run("train", "--resume", Run, "--data_path", program.File("nowhere"), "--wandb_project", "mine"));

        Assert.Contains("nowhere: no such file or folder", program.Error);
        Assert.Equal(before, File.ReadAllText(program.File("run/run.json")));
        Assert.Empty(WandbFolders());
    }

    [Fact]
    public async Task A_resumed_run_goes_on_with_its_wandb_run_unless_told_not_to()
    {
        await Train("--wandb_project", "mine");
        string id = File.ReadAllText(program.File("run/wandb_run_id.txt")).Trim();

        await program.Run("train", "--resume", Run, "--max_steps", "3");
        Assert.Equal(2, WandbFolders().Count(folder => folder.EndsWith($"-{id}")));

        await program.Run("train", "--resume", Run, "--max_steps", "4", "--wandb_resume", "never");
        Assert.Equal(3, WandbFolders().Length);
        Assert.Equal(2, WandbFolders().Count(folder => folder.EndsWith($"-{id}")));
    }

    [Theory]
    [InlineData("WANDB_MODE", "disabled", WandbMode.Auto, false)]
    [InlineData("WANDB_MODE", "disabled", WandbMode.Offline, true)] // options come first
    [InlineData("WANDB_MODE", "dryrun", WandbMode.Auto, true)]
    [InlineData("WANDB_MODE", "", WandbMode.Disabled, false)]
    public void The_mode_is_an_option_or_a_variable(string variable, string value, WandbMode option, bool records)
    {
        program.Variables[variable] = value;

        using (Start(new TrainingOptions { WandbProject = "mine", WandbMode = option }))
        {
        }

        Assert.Equal(records ? 1 : 0, WandbFolders().Length);
    }

    [Fact]
    public void Without_being_asked_for_nothing_of_wandb_is_done_whatever_the_environment()
    {
        program.Variables["WANDB_API_KEY"] = "no key at all, which would be an error";
        program.Variables["WANDB_PROJECT"] = "mine";

        using (Start(new TrainingOptions()))
        {
        }

        Assert.Empty(WandbFolders());
    }

    [Fact]
    public void The_folder_and_the_id_of_a_run_are_variables()
    {
        program.Variables["WANDB_DIR"] = program.File("elsewhere");
        program.Variables["WANDB_RUN_ID"] = "my-run";

        using (Start(new TrainingOptions { WandbProject = "mine" }))
        {
        }

        Assert.EndsWith("-my-run", Assert.Single(Directory.GetDirectories(program.File("elsewhere/wandb"))));
    }

    [Theory]
    [InlineData("WANDB_MODE", "sideways", "WANDB_MODE is 'sideways'; it must be online, offline or disabled.")]
    [InlineData("WANDB_RESUME", "perhaps", "WANDB_RESUME is 'perhaps'; it must be allow, must or never.")]
    [InlineData("WANDB_RESUME", "must", "--wandb_resume must needs a run to go on with")]
    [InlineData("WANDB_MODE", "online", "--wandb_mode online needs an API key")]
    [InlineData("WANDB_API_KEY", "short", "WANDB_API_KEY does not hold a W&B API key")]
    [InlineData("WANDB_RUN_ID", "a/b", "WANDB_RUN_ID is 'a/b'")]
    public void What_cannot_be_is_told_before_anything_is_recorded(string variable, string value, string message)
    {
        program.Variables[variable] = value;

        Exception error = Assert.ThrowsAny<Exception>(() => Start(new TrainingOptions { WandbProject = "mine" }));

        Assert.True(error is UsageException or WandbException);
        Assert.StartsWith(message, error.Message);
        Assert.Empty(WandbFolders());
    }

    [Fact]
    public void The_API_key_is_in_no_file()
    {
        program.Variables["WANDB_API_KEY"] = Key;
        using (RunTracking tracking = Start(new TrainingOptions { WandbMode = WandbMode.Offline }, "train", $"--note={Key}"))
        {
            tracking.Record(() =>
            {
                tracking.Terminal.Output.WriteLine($"the key is {Key}");
                tracking.Terminal.WriteError(Key);
                return 0;
            });
        }

        Assert.Contains("the key is ***", File.ReadAllText(program.File("run/output.log")));
        Assert.All(
            Directory.GetFiles(Run, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Key, Encoding.Latin1.GetString(File.ReadAllBytes(file))));
    }

    [Fact]
    public async Task With_an_API_key_a_run_goes_to_the_server()
    {
        using MockWandb server = Online();

        int code = await Train("--wandb_project", "mine", "--log_every", "1");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.StartsWith($"W&B: happy-mock-1, {server.Url}/mock%20entity/mine/runs/", program.Output);
        Assert.Equal(64, (int)server.Run.Config["image_size"]!["value"]!);
        Assert.Equal(2, server.Run.Lines("wandb-history.jsonl").Length);
        Assert.Contains(server.Run.Lines("output.log"), line => line.EndsWith("2 training photos", StringComparison.Ordinal));
        Assert.Contains("generator.txt", server.Run.Uploaded);
        Assert.Equal(0, server.Run.ExitCode);
    }

    [Fact]
    public async Task The_stop_button_ends_a_run_as_Ctrl_C_does()
    {
        using MockWandb server = Online();
        server.Stopped = true;

        int code = await Train("--wandb_project", "mine", "--epochs", "1000000", "--max_steps", "1000000");

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Contains("W&B: Stop was pressed on the run's page.\n", program.Output);
        Assert.Contains("Go on with: outpaint train --resume", program.Output);
        Assert.Equal(ExitCode.Interrupted, server.Run.ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_while_the_rest_is_sent_ends_the_wait_and_says_how_to_send_it_later()
    {
        using MockWandb server = Online();
        using var interruption = new CancellationTokenSource();
        server.Fault = request =>
        {
            if (request.Json?["exitcode"] is null)
                return null;
            interruption.Cancel(); // the run is over: this is its end
            return ServerFault.Slow;
        };
        var watch = Stopwatch.StartNew();

        int code = await Train(interruption.Token, "--wandb_project", "mine");

        Assert.Equal((0, ""), (code, program.Error));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(55)); // the wait alone would take 60
        Assert.Contains("Done: 4 images in 2 steps.", program.Output);
        Assert.EndsWith($"send it later with: wandb sync --include-online {Assert.Single(WandbFolders())}\n", program.Output);
        Assert.Contains("(sending was stopped, the rest is kept on disk)", program.Output);
    }

    [Fact]
    public void An_event_file_that_cannot_be_begun_is_told_with_what_to_do()
    {
        // The system takes paths of 4095 bytes: that leaves room for what is in the folder already, and none for an event file.
        string deep = Run;
        while (deep.Length < 3900)
            deep += "/" + new string('d', 100);
        deep += "/" + new string('d', 4070 - deep.Length);

        AssertCannotSave(deep, new TrainingOptions { TensorBoard = true });
    }

    [Fact]
    public void So_is_the_id_of_a_wandb_run_that_cannot_be_kept()
    {
        Directory.CreateDirectory(program.File("run/wandb_run_id.txt")); // in the way

        AssertCannotSave(Run, new TrainingOptions { WandbMode = WandbMode.Offline });
    }

    [Fact]
    public void A_wait_for_the_server_that_is_no_time_is_told_before_anything_is_recorded()
    {
        using MockWandb server = Online();
        program.Variables["WANDB_INIT_TIMEOUT"] = "soon";

        string error = Assert.Throws<WandbException>(() => Start(new TrainingOptions { WandbProject = "mine" })).Message;

        Assert.Equal("WANDB_INIT_TIMEOUT is 'soon'; it must be a number of seconds, such as 90.", error);
        Assert.Empty(WandbFolders());
    }

    private MockWandb Online()
    {
        var server = new MockWandb();
        program.Variables["WANDB_API_KEY"] = Key;
        program.Variables["WANDB_BASE_URL"] = server.Url;
        program.Variables["WANDB_INIT_TIMEOUT"] = "3600"; // however busy the machine is
        return server;
    }

    private Task<int> Train(params string[] arguments) => Train(CancellationToken.None, arguments);

    private Task<int> Train(CancellationToken cancellation, params string[] arguments)
    {
        program.Picture("photos/a.png", 70, 64);
        program.Picture("photos/b.png", 64, 80);
        return program.Run(_ => new BlackInpainter(), cancellation,
        [
            "train", "--data_path", program.File("photos"), "--output_dir", Run, "--image_size", "64", "--batch_size", "2",
            .. arguments.Contains("--max_steps") ? Array.Empty<string>() : ["--max_steps", "2"],
            "--generator_width", "8", "--generator_depth", "1", "--discriminator_width", "8", "--device", "cpu", "--precision", "fp32", .. arguments,
        ]);
    }

    private void AssertCannotSave(string folder, TrainingOptions options)
    {
        string message = Assert.Throws<TrainingException>(() => Start(folder, options)).Message;

        Assert.StartsWith($"Cannot save the run in {folder} (", message);
        Assert.EndsWith("). Make room, or name another folder with --output_dir.", message);
    }

    private RunTracking Start(TrainingOptions options, params string[] arguments) => Start(Run, options, arguments);

    private RunTracking Start(string folder, TrainingOptions options, params string[] arguments) => new(
        options with { OutputDir = folder }, new RunFolder(folder), new Terminal(new StringWriter(), new StringWriter(), false),
        new Invocation(arguments, program.Variables.GetValueOrDefault));

    private string[] WandbFolders() => Directory.Exists(program.File("run/wandb")) ? Directory.GetDirectories(program.File("run/wandb")) : [];
}

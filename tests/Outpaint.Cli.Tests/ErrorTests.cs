namespace Outpaint.Cli.Tests;

public sealed class ErrorTests
{
    [Theory]
    [InlineData("extend")]
    [InlineData("extend", "photo.png", "--extension_ratio", "0")]
    [InlineData("extend", "photo.png", "--extension_ratio", "3.5")]
    [InlineData("extend", "photo.png", "--extension_ratio", "wide")]
    [InlineData("extend", "photo.png", "--quality", "101")]
    [InlineData("extend", "photo.png", "--quality")]
    [InlineData("extend", "photo.png", "--output_dir=", "--dry_run")]
    [InlineData("extend", "--sharpness", "3")]
    [InlineData("exted", "photo.png")]
    public async Task A_wrong_command_line_is_one_line_and_code_2(params string[] arguments)
    {
        using var program = new CommandLine();

        int code = await program.Run(arguments);

        Assert.Equal(2, code);
        AssertOneErrorLine(program);
        Assert.DoesNotContain("System.", program.Error);
    }

    [Fact]
    public async Task An_output_that_takes_no_more_costs_its_text_and_not_the_work()
    {
        using var program = new CommandLine { OutputIsFull = true };

        int code = await program.Extend(program.Picture("photo.png"));

        Assert.Equal((1, "error: standard output could not be written (No space left on device); nothing else is affected.\n"), (code, program.Error));
        Assert.Equal(["photo_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_names_option_and_value()
    {
        using var program = new CommandLine();

        await program.Run("extend", "photo.png", "--quality", "wide");

        Assert.Contains("--quality", program.Error);
        Assert.Contains("'wide'", program.Error);
        Assert.Contains("outpaint extend --help", program.Error);
    }

    [Theory]
    [InlineData("--out", "Did you mean --output?")]
    [InlineData("--ratio", "Did you mean --extension_ratio?")]
    [InlineData("--over-writ", "Did you mean --overwrite?")]
    [InlineData("--sharpness", "Run 'outpaint extend --help'")]
    [InlineData("-x", "Run 'outpaint extend --help'")]
    public async Task An_option_that_does_not_exist_may_be_like_one_that_does(string option, string help)
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run("extend", "photo.png", option, "3"));

        Assert.Contains($"there is no option '{option}'. {help}", program.Error);
    }

    [Theory]
    [InlineData("-dash.jpg")]
    [InlineData("--", "-dash.jpg")]
    public async Task A_picture_whose_name_starts_with_a_dash_is_told_how_to_be_given(params string[] arguments)
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run(["extend", .. arguments]));

        AssertOneErrorLine(program);
        Assert.Contains("A picture of that name is given as ./-dash.jpg.", program.Error);
    }

    [Fact]
    public async Task That_holds_for_commands_without_arguments_too()
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run("train", "--batchsize", "3"));

        Assert.Contains("there is no option '--batchsize'. Did you mean --batch_size?", program.Error);
    }

    [Fact]
    public async Task A_missing_photo_is_one_line_and_code_1()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend(program.File("missing.png")));

        AssertOneErrorLine(program);
        Assert.Contains("missing.png: no such file", program.Error);
    }

    [Theory]
    [InlineData("no pictures in this folder; name one that holds JPEG, PNG")]
    [InlineData("no pictures in this folder or below; name one that holds JPEG, PNG", "--recursive")]
    public async Task A_folder_without_pictures_is_one_line_and_code_1(string message, params string[] options)
    {
        using var program = new CommandLine();
        program.Broken("papers/notes.txt");

        Assert.Equal(1, await program.Extend([program.File("papers"), .. options]));

        AssertOneErrorLine(program);
        Assert.Contains("papers: " + message, program.Error);
    }

    [Fact]
    public async Task An_error_inside_parallel_work_is_told_as_if_outside()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            _ => new BlackInpainter { Filling = () => Parallel.For(0, 2, _ => throw new IOException("no room; make some.")) },
            "extend", "--weights", program.Weights, "--output_dir", program.File("out"), program.Picture("a.png"));

        Assert.Equal((1, "error: no room; make some." + Environment.NewLine), (code, program.Error));
    }

    [Theory]
    [InlineData("photo.png")] // the photo
    [InlineData("out/photo_outpainted.png")] // its result
    [InlineData("missing/report.json")]
    [InlineData("")] // a folder
    public async Task A_report_that_would_replace_a_picture_or_cannot_be_written_is_refused_beforehand(string report)
    {
        using var program = new CommandLine();
        byte[] photo = File.ReadAllBytes(program.Picture("photo.png"));

        Assert.Equal(2, await program.Extend(program.File("photo.png"), "--report", program.File(report)));

        AssertOneErrorLine(program);
        Assert.Contains("--report", program.Error);
        Assert.Equal(photo, File.ReadAllBytes(program.File("photo.png")));
        Assert.False(Directory.Exists(program.File("out")));
    }

    [Fact]
    public async Task A_picture_that_memory_has_no_room_for_is_named_and_the_others_go_on()
    {
        using var program = new CommandLine();
        int calls = 0;

        int code = await program.Run(
            _ => new BlackInpainter { Filling = () => FailOnce(ref calls) },
            "extend", "--weights", program.Weights, "--output_dir", program.File("out"), program.Picture("a.png"), program.Picture("b.png"));

        Assert.Equal(1, code);
        AssertOneErrorLine(program);
        Assert.Contains(".png: there is not enough memory", program.Error);
        Assert.Single(program.FilesIn("out"));
    }

    private static void FailOnce(ref int calls)
    {
        if (Interlocked.Increment(ref calls) == 1)
            throw new OutOfMemoryException();
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    public async Task A_picture_without_a_name_is_one_line(string input)
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend(input));

        AssertOneErrorLine(program);
        Assert.Contains("no file name", program.Error);
    }

    [Theory]
    [InlineData("extend", "--output_dir", "a folder")]
    [InlineData("extend", "--report", "a file")]
    [InlineData("extend", "--weights", "a file")]
    [InlineData("evaluate", "--data_path", "a folder")]
    [InlineData("evaluate", "--lpips_weights", "a file")]
    [InlineData("evaluate", "--inception_weights", "a file")]
    [InlineData("evaluate", "--export_inputs", "a folder")]
    [InlineData("evaluate", "--output_dir", "a folder")]
    [InlineData("train", "--output_dir", "a folder")]
    [InlineData("train", "--init_weights", "a file")]
    public async Task A_path_that_is_empty_is_one_line_that_names_the_option(string command, string option, string what)
    {
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run(command, option, ""));

        AssertOneErrorLine(program);
        Assert.StartsWith($"error: {option} is empty; name {what}", program.Error);
    }

    [Fact]
    public async Task A_list_with_zero_bytes_is_one_line()
    {
        using var program = new CommandLine();
        program.Input = program.Picture("a.png") + "\0" + program.Picture("b.png") + "\0";

        Assert.Equal(1, await program.Extend("-"));

        AssertOneErrorLine(program);
        Assert.Contains("-print0", program.Error);
    }

    [Fact]
    public async Task A_file_in_place_of_the_output_folder_is_refused_beforehand()
    {
        using var program = new CommandLine();
        program.Broken("out");

        Assert.Equal(2, await program.Extend(program.Picture("photo.png")));

        AssertOneErrorLine(program);
        Assert.Equal(0, program.ModelsLoaded);
    }

    [Theory]
    [InlineData("--output_dir", "/proc")]
    [InlineData("--output_dir", "/proc/new/folder")]
    [InlineData("--output_dir", "/proc", "--dry_run")]
    [InlineData("--report", "/proc/report.json")]
    public async Task A_place_that_nothing_can_be_written_to_is_refused_beforehand(string option, string path, params string[] others)
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "It takes a folder in which nobody can make files.");
        using var program = new CommandLine();

        Assert.Equal(2, await program.Run(["extend", "--weights", program.Weights, program.Picture("photo.png"), option, path, .. others]));

        Assert.Equal($"error: {option} {path}: nothing can be written into /proc; check its permissions, or name another folder.\n", program.Error);
        Assert.Equal((0, ""), (program.ModelsLoaded, program.Output));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_whose_name_is_too_long_is_told_before_the_work(bool isBelowAnother)
    {
        using var program = new CommandLine();
        string name = new('n', 300), folder = program.File(isBelowAnother ? Path.Combine("new", name, "more") : name);

        Assert.Equal(2, await program.Run("extend", program.Picture("photo.png"), "--weights", program.Weights, "--output_dir", folder));

        AssertOneErrorLine(program);
        Assert.Contains("this name is too long", program.Error);
        Assert.Equal(0, program.ModelsLoaded);
        Assert.False(Directory.Exists(program.File("new")));
    }

    [Fact]
    public async Task A_photo_that_does_not_grow_is_one_line_that_names_it()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend(program.Picture("tiny.png", 8, 8), "--extension_ratio", "0.01"));

        AssertOneErrorLine(program);
        Assert.Contains("tiny.png: ", program.Error);
        Assert.False(Directory.Exists(program.File("out")));
    }

    [Fact]
    public async Task Missing_weights_are_one_line_and_code_1()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Run("extend", program.Picture("photo.png"), "--weights", program.File("none.safetensors"), "--output_dir", program.File("out")));

        AssertOneErrorLine(program);
        Assert.Contains("none.safetensors", program.Error);
    }

    [Fact]
    public async Task A_defect_is_one_line_that_says_how_to_see_more()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            _ => throw new InvalidOperationException("first\nsecond"),
            "extend", program.Picture("photo.png"), "--weights", program.Weights, "--output_dir", program.File("out"));

        Assert.Equal(1, code);
        AssertOneErrorLine(program);
        Assert.Contains("InvalidOperationException: first second", program.Error);
        Assert.Contains("OUTPAINT_DEBUG=1", program.Error);
    }

    [Fact]
    public async Task Stopping_is_no_error_and_has_the_code_that_shells_expect()
    {
        using var program = new CommandLine();

        int code = await program.Run(
            _ => throw new OperationCanceledException(),
            "extend", program.Picture("photo.png"), "--weights", program.Weights, "--output_dir", program.File("out"));

        Assert.Equal((130, "stopped." + Environment.NewLine), (code, program.Error));
    }

    private static void AssertOneErrorLine(CommandLine program)
    {
        Assert.StartsWith("error: ", program.Error);
        Assert.Equal(program.Error.Length - 1, program.Error.IndexOf('\n'));
    }
}

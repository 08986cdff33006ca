using System.Diagnostics;
using System.Runtime.Versioning;
using Outpaint.Cli.Commands;
using Outpaint.Cli.Commands.Extend;

namespace Outpaint.Cli.Tests;

public sealed class ExtendInputTests
{
    [Fact]
    public async Task Subfolders_are_searched_on_request_and_the_results_keep_the_tree()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/2024/a.png");
        program.Picture("photos/2024/06/b.png");
        program.Picture("photos/.trash/c.png");
        Directory.CreateSymbolicLink(program.File("photos/2024/circle"), program.File("photos"));

        Assert.Equal(0, await program.Extend(program.File("photos"), "--recursive"));

        Assert.Equal(["2024/06/b_outpainted.png", "2024/a_outpainted.png", "a_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task Without_the_request_subfolders_are_left_alone()
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/2024/b.png");

        Assert.Equal(0, await program.Extend(program.File("photos")));

        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));
    }

    [Theory]
    [InlineData("pipe")] // its format would have to be told by its content
    [InlineData("link.jpg")]
    public async Task A_pipe_that_nobody_writes_into_fails_and_the_others_go_on(string name)
    {
        using var program = new CommandLine();
        using (Process make = Process.Start("mkfifo", program.File("pipe")))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(program.File("link.jpg"), program.File("pipe"));

        int code = await program.Extend(program.File(name), program.Picture("a.png")).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal((1, $"error: {program.File(name)}: the file is empty, or a pipe or a device; get a whole copy in a file.\n"), (code, program.Error));
        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task A_name_that_is_no_UTF8_is_told_as_such()
    {
        using var program = new CommandLine { Input = "caf\uFFFD.jpg" }; // as .NET lists and reads such a name

        Assert.Equal(1, await program.Extend("-"));

        Assert.StartsWith("error: caf\uFFFD.jpg: its name holds bytes that are no UTF-8", program.Error);
    }

    [Fact]
    public void A_list_that_does_not_come_can_be_given_up()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        using var reader = new WaitingReader();
        var finder = new PictureFinder(recursive: false, "out", reader, stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => finder.Find(["-"]));
    }

    [Theory, InlineData(".jfif"), InlineData(".JPE"), InlineData(".hif")]
    public async Task Rare_extensions_are_found_in_folders_too(string extension)
    {
        using var program = new CommandLine();
        program.Picture("photos/a" + extension);

        Assert.Equal(0, await program.Extend(program.File("photos")));

        Assert.Equal(["a_outpainted" + extension], program.FilesIn("out"));
    }

    [Theory]
    [InlineData("photos/*.png", "a", "b")]
    [InlineData("photos/B*", "b")]
    [InlineData("photos/**/*.PNG", "2024/06/c", "a", "b")]
    [InlineData("photos/**", "2024/06/c", "a", "b")]
    [InlineData("photos/*/*/c.png", "2024/06/c")]
    [InlineData("*/a.png", "photos/a")]
    public async Task A_pattern_finds_pictures_by_name(string pattern, params string[] expected)
    {
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/b.png");
        program.Picture("photos/2024/06/c.png");
        program.Broken("photos/b.txt");

        Assert.Equal(0, await program.Extend(program.File(pattern)));

        Assert.Equal(expected.Select(name => name + "_outpainted.png"), program.FilesIn("out"));
    }

    [Theory]
    [InlineData("nothing/*.png", "no picture matches")]
    [InlineData("*.webp", "no picture matches")]
    [InlineData("photos/*/../*.png", "'..' cannot stand behind a wildcard")]
    [InlineData("@empty.txt", "the list is empty")]
    [InlineData("@nolist.txt", "nolist.txt: no such list of pictures")]
    public async Task What_names_no_picture_is_one_line(string input, string reason)
    {
        using var program = new CommandLine();
        File.WriteAllText(program.File("empty.txt"), "\n");

        Assert.Equal(1, await program.Extend(input.StartsWith('@') ? "@" + program.File(input[1..]) : program.File(input)));

        Assert.Contains(reason, program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task A_list_from_standard_input_with_an_at_sign_is_told_how_it_is_spelt()
    {
        using var program = new CommandLine();

        Assert.Equal(1, await program.Extend("@-"));

        Assert.Equal("error: @-: no such list of pictures; a list from standard input is a lone -, without the @.\n", program.Error);
    }

    [Fact]
    public async Task A_list_names_files_and_folders_and_one_that_is_missing_stops_no_other()
    {
        using var program = new CommandLine();
        string list = program.File("list.txt");
        File.WriteAllLines(list, [program.Picture("with space.png"), "", program.File("gone.png"), Path.GetDirectoryName(program.Picture("more/b.png"))!]);

        Assert.Equal(1, await program.Extend("@" + list));

        Assert.Equal(["b_outpainted.png", "with space_outpainted.png"], program.FilesIn("out"));
        Assert.Contains("gone.png: no such file", program.Error);
        Assert.Contains("2 of 3 pictures extended", program.Output);
    }

    [Theory]
    [InlineData("missing.png", "missing.png: no such file or folder")]
    [InlineData("papers", "papers: no pictures in this folder")]
    [InlineData("*.webp", "no picture matches")]
    public async Task An_input_without_pictures_fails_and_the_others_go_on(string input, string reason)
    {
        using var program = new CommandLine();
        program.Broken("papers/notes.txt");

        int code = await program.Extend(
            program.File(input), program.Picture("photos/a.png"), "--variations", "2", "--report", program.File("report.json"));

        Assert.Equal(1, code);
        Assert.Equal(["a_outpainted_seed0.png", "a_outpainted_seed1.png"], program.FilesIn("out"));
        Assert.Contains(reason, program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.Contains("2 of 3 pictures extended", program.Output);
        Assert.Contains("\"failed\": 1", File.ReadAllText(program.File("report.json")));
    }

    [Theory]
    [InlineData("photos", "--recursive")]
    [InlineData("photos/**/*.png")]
    [SupportedOSPlatform("linux")]
    public async Task A_subfolder_that_may_not_be_read_fails_and_the_others_go_on(string input, params string[] options)
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may read everything.");
        using var program = new CommandLine();
        program.Picture("photos/a.png");
        program.Picture("photos/b/c.png");
        string locked = Directory.CreateDirectory(program.File("photos/aa"), UnixFileMode.None).FullName;

        int code = await program.Extend([program.File(input), .. options]);
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(1, code);
        Assert.Equal(["a_outpainted.png", "b/c_outpainted.png"], program.FilesIn("out"));
        Assert.StartsWith($"error: {locked}: this folder cannot be read", program.Error);
        Assert.Equal(1, program.Error.Count(character => character == '\n'));
        Assert.Contains("2 of 3 pictures extended", program.Output);
    }

    [Fact]
    public async Task Lines_of_a_list_end_as_on_Linux_or_Windows_and_nowhere_else()
    {
        using var program = new CommandLine();
        program.Input = program.Picture("a\u2028b\f.png") + "\r\n" + program.Picture("c.png") + "\n";

        Assert.Equal(0, await program.Extend("-"));

        Assert.Equal(["a\u2028b\f_outpainted.png", "c_outpainted.png"], program.FilesIn("out"));
    }

    [Fact]
    public async Task A_list_comes_from_standard_input()
    {
        using var program = new CommandLine();
        program.Input = program.Picture("a.png") + "\n" + program.Picture("b.png") + "\n";

        Assert.Equal(0, await program.Extend("-"));

        Assert.Equal(["a_outpainted.png", "b_outpainted.png"], program.FilesIn("out"));
    }

    [Theory]
    [InlineData("-", true)]
    [InlineData("-", false)]
    [InlineData("list", true)]
    public async Task Only_who_has_to_type_the_list_is_told_so(string input, bool isTyped)
    {
        using var program = new CommandLine { InputIsTyped = isTyped };
        program.Input = program.Picture("a.png");

        Assert.Equal(0, await program.Extend(input == "-" ? "-" : program.File("a.png")));

        Assert.Equal(input == "-" && isTyped ? "Type or paste a path per line, then press Ctrl-D; or pipe a list in: find photos -name '*.jpg' | outpaint extend -\n" : "", program.Error);
    }

    [Fact]
    public void A_list_that_cannot_be_read_is_named()
    {
        using var reader = new StreamReader(new UnreadableStream());
        var finder = new PictureFinder(recursive: false, "out", reader, CancellationToken.None);

        Assert.Empty(finder.Find(["-"]));

        Assert.Equal("-: the list cannot be read (Is a directory); give one that can.", finder.Failures.Single().Error);
    }

    [Fact]
    public async Task A_picture_that_is_named_twice_is_extended_once()
    {
        using var program = new CommandLine();
        string photo = program.Picture("photos/a.png");

        Assert.Equal(0, await program.Extend(photo, program.File("photos"), program.File("photos/../photos/a.png")));

        Assert.Equal(1, program.Output.Count(character => character == '\n'));
    }

    // A folder as standard input.
    private sealed class UnreadableStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("Is a directory");

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("Is a directory");
    }

    private sealed class WaitingReader : TextReader
    {
        private readonly ManualResetEventSlim given = new();

        public override string ReadToEnd()
        {
            given.Wait();
            return "";
        }

        protected override void Dispose(bool disposing)
        {
            given.Set();
            base.Dispose(disposing);
        }
    }
}

using Outpaint.Cli.Shell;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Cli.Tests;

/// <summary>Runs the program in a folder of its own, with a model that needs no weights.</summary>
internal sealed class CommandLine : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outpaint-cli-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public CommandLine()
    {
        Variables = new() { ["HOME"] = folder };
        Weights = File("some.safetensors");
        System.IO.File.WriteAllText(Weights, "");
    }

    /// <summary>Whether the disk is full that the output goes to.</summary>
    public bool OutputIsFull { get; init; }

    /// <summary>What the program wrote so far.</summary>
    public string Output => output.ToString();

    public string Error => error.ToString();

    /// <summary>A file that exists; no test reads it.</summary>
    public string Weights { get; }

    public int ModelsLoaded { get; private set; }

    /// <summary>Whether the program takes its output for a terminal.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>What is piped in.</summary>
    public string Input { get; set; } = "";

    /// <summary>Whether the program takes that for typed.</summary>
    public bool InputIsTyped { get; init; }

    /// <summary>The environment variables that the program sees. The home folder is empty.</summary>
    public Dictionary<string, string> Variables { get; }

    public string File(string name) => Path.Combine(folder, name);

    public string Picture(string name, int width = 40, int height = 24, byte brightness = 0)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        var image = new RgbImage(width, height);
        image.Pixels.AsSpan().Fill(brightness);
        Photo.SavePng(image, File(name));
        return File(name);
    }

    public string Broken(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), "no picture");
        return File(name);
    }

    public (int Width, int Height) SizeOf(string name)
    {
        using Photo photo = Photo.Load(File(name));
        return (photo.Width, photo.Height);
    }

    /// <summary>The files in a folder and below, as paths relative to it; none where there is no such folder.</summary>
    public string[] FilesIn(string name) => !Directory.Exists(File(name)) ? [] :
        [.. Directory.EnumerateFiles(File(name), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(File(name), file)).Order(StringComparer.Ordinal)];

    public Task<int> Run(params string[] arguments) => Run(Load, arguments);

    public Task<int> Run(Func<string, IInpainter> load, params string[] arguments) =>
        Run(load, CancellationToken.None, arguments);

    /// <summary>Runs the program until it is cancelled, as by Ctrl-C.</summary>
    public Task<int> Run(Func<string, IInpainter> load, CancellationToken cancellation, params string[] arguments) =>
        new Application(new Terminal(OutputIsFull ? new TolerantWriter(new FullWriter()) : output, error, IsInteractive) { Input = new StringReader(Input), InputIsTyped = InputIsTyped }, load, Variables.GetValueOrDefault).RunAsync(arguments, cancellation);

    /// <summary>Runs extend with weights and into the folder "out".</summary>
    public Task<int> Extend(params string[] arguments) =>
        Run(["extend", "--weights", Weights, "--output_dir", File("out"), .. arguments]);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private BlackInpainter Load(string path)
    {
        ModelsLoaded++;
        return new BlackInpainter();
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device.");

        public override void Write(string? value) => throw new IOException("No space left on device.");

        public override void WriteLine(string? value) => throw new IOException("No space left on device.");
    }
}

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

    /// <summary>What the program wrote so far.</summary>
    public string Output => output.ToString();

    public string Error => error.ToString();

    /// <summary>A file that exists; no test reads it.</summary>
    public string Weights { get; }

    public int ModelsLoaded { get; private set; }

    /// <summary>Whether the program takes its output for a terminal.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The environment variables that the program sees. The home folder is empty.</summary>
    public Dictionary<string, string> Variables { get; }

    public string File(string name) => Path.Combine(folder, name);

    public string Picture(string name, int width = 40, int height = 24)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        Photo.SavePng(new RgbImage(width, height), File(name));
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

    public Task<int> Run(params string[] arguments) => Run(Load, arguments);

    public Task<int> Run(Func<string, IInpainter> load, params string[] arguments) =>
        new Application(new Terminal(output, error, IsInteractive), load, Variables.GetValueOrDefault).RunAsync(arguments);

    /// <summary>Runs extend with weights and into the folder "out".</summary>
    public Task<int> Extend(params string[] arguments) =>
        Run(["extend", "--weights", Weights, "--output_dir", File("out"), .. arguments]);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private BlackInpainter Load(string path)
    {
        ModelsLoaded++;
        return new BlackInpainter();
    }
}

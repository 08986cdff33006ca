using System.Text;
using Outpaint.Cli.Shell;
using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Metrics.Fid;
using Outpaint.Metrics.Reports;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Cli.Commands.Evaluate;

/// <summary>One run of <c>outpaint evaluate</c>.</summary>
internal sealed class EvaluateRun(EvaluateOptions options, Terminal terminal, Func<string, IInpainter> loadInpainter)
{
    private readonly List<SkippedImage> leftOut = [];

    /// <summary>Evaluates and returns the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        if (options.DataPath.Length == 0)
            throw new UsageException("no photos given; name a folder or .tar shards: outpaint evaluate --data_path photos");
        if (options.ExportInputs is not null && (options.Baselines || options.Peer.Length > 0))
            throw new UsageException("--export_inputs scores nothing; leave --baselines and --peer out.");
        TorchRuntime.Threads = Environment.ProcessorCount;
        TorchRuntime.TuneForLongRuns();
        using var protocol = new OutpaintProtocol(options.ExtensionRatio, options.KnownSize, Sides(options.Sides));
        if (options.ExportInputs is { } folder)
        {
            OutputFolder.RequireWritable($"--export_inputs {folder}", folder);
            using EvaluationSet inputs = LoadPhotos(protocol, cancellation);
            InputExport.Write(inputs, folder, cancellation);
            terminal.Output.WriteLine($"{Plural.Of(inputs.Count, "input")} and {InputExport.MaskName} written into {folder}");
            return ExitCode.Success;
        }

        // Models and folders before photos: a wrong path should not show after minutes of work.
        OutputFolder.RequireWritable($"--output_dir {options.OutputDir}", options.OutputDir);
        using IInpainter? inpainter = LoadModel();
        IReadOnlyList<EvaluationMethod> methods = Methods(inpainter, protocol);
        using Lpips? lpips = options.LpipsWeights is { } lpipsFile ? Lpips.Load(WeightsOption.Require("--lpips_weights", lpipsFile)) : null;
        using InceptionFeatures? inception = options.InceptionWeights is { } inceptionFile ? InceptionFeatures.Load(WeightsOption.Require("--inception_weights", inceptionFile)) : null;
        using EvaluationSet set = LoadPhotos(protocol, cancellation);
        foreach (string peer in options.Peer)
            PeerOutputs.RequireAll(peer, set);
        using var evaluator = new Evaluator(set, lpips, inception);

        MethodResult[] scores = [.. methods.Select(method => EvaluationProgress.Run(terminal, evaluator, method, set.Count, cancellation))];
        var result = new EvaluationResult(
            options.DataPath, set.Count, protocol.KnownSize, protocol.CanvasSize, evaluator.EvaluateOriginals(cancellation), scores, Skipped(inception, set.Count))
        {
            Sides = protocol.Sides,
            Diversity = evaluator.EvaluateDiversity([.. methods.Take(inpainter is null ? 0 : options.Variations)], cancellation),
        };
        Directory.CreateDirectory(options.OutputDir);
        string table = EvaluationTable.Write(result);
        Write("results.json", EvaluationJson.Write(result));
        Write("results.md", table);
        terminal.Output.WriteLine(table); // before the pictures, which take long and much memory
        Write("report.html", new EvaluationPage(result, set, evaluator, methods).Write(options.Examples, cancellation));
        if (options.Examples == 0)
            File.Delete(InOutput("examples.png")); // an earlier evaluation's
        else
            Photo.SavePng(ComparisonGrid.Draw(set, evaluator, methods, options.Examples, cancellation: cancellation), InOutput("examples.png"));
        terminal.Output.WriteLine($"Look at {InOutput("report.html")}; beside it are results.json, results.md{(options.Examples > 0 ? " and examples.png" : "")}.");
        return ExitCode.Success;
    }

    private static CanvasSides Sides(string? text) =>
        text is null ? CanvasSides.All : text.Split(',').Select(Side).Aggregate((sides, side) => sides | side);

    private static CanvasSides Side(string name) => name.Trim().ToLowerInvariant() switch
    {
        "left" => CanvasSides.Left,
        "right" => CanvasSides.Right,
        "top" => CanvasSides.Top,
        "bottom" => CanvasSides.Bottom,
        _ => throw new UsageException($"--sides names '{name}'; it must be left, right, top or bottom, or several of them: right,bottom."),
    };

    private EvaluationSet LoadPhotos(OutpaintProtocol protocol, CancellationToken cancellation)
    {
        IReadOnlyList<ImageEntry> photos = ImageSource.Find(options.DataPath);
        return EvaluationSet.Load(photos, protocol, options.Limit, LeaveOut, cancellation);

        void LeaveOut(SkippedImage photo)
        {
            leftOut.Add(photo);
            terminal.WriteWarning($"{photo.Name}: {photo.Reason} (left out)");
        }
    }

    // Without --weights the built-in ones are tested when they are there, but baselines and peers need none.
    private IInpainter? LoadModel()
    {
        bool hasOthers = options.Baselines || options.Peer.Length > 0;
        if (options.Weights is null && hasOthers && !File.Exists(GeneratorFile.BuiltIn))
            return null;
        return loadInpainter(GeneratorWeights.Resolve(options.Weights));
    }

    private List<EvaluationMethod> Methods(IInpainter? inpainter, OutpaintProtocol protocol)
    {
        List<EvaluationMethod> methods = [];
        if (inpainter is not null)
            methods.AddRange(Enumerable.Range(0, options.Variations).Select(seed => OutpainterMethod.Create(Name(seed), inpainter, protocol, seed)));
        if (options.Baselines)
            methods.AddRange([Baselines.EdgeReplicate, Baselines.Reflect]);
        methods.AddRange(options.Peer.Select(PeerOutputs.FromFolder));
        if (methods.CountBy(method => method.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new UsageException($"two methods are called '{twice}'; a --peer is called like its folder: rename one.");
        return methods;

        static string Name(int seed) => seed == 0 ? "outpaint" : $"outpaint, seed {seed}";
    }

    private List<string> Skipped(InceptionFeatures? inception, int photos)
    {
        List<string> skipped = [];
        if (leftOut.Count > 0)
            skipped.Add($"{Plural.Of(leftOut.Count, "photo")} that cannot be read, the first {leftOut[0].Name}: {leftOut[0].Reason}");
        if (options.LpipsWeights is null)
            skipped.Add($"LPIPS{(options.Variations > 1 ? " and diversity" : "")}, because --lpips_weights names no file.");
        if (inception is null)
            skipped.Add("FID, because --inception_weights names no file.");
        else if (photos < 2)
            skipped.Add("FID, because it takes at least two photos.");
        else if (!inception.HasLastBlocks)
            skipped.Add($"FID-2048, because {Path.GetFileName(options.InceptionWeights)} ends at Mixed_6e; pytorch-fid's pt_inception-2015-12-05-6726825d.pth has all layers.");
        return skipped;
    }

    private void Write(string name, string text) => AtomicFile.Write(InOutput(name), stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private string InOutput(string name) => Path.Combine(options.OutputDir, name);
}

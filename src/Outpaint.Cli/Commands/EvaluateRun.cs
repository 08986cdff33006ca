using System.Text;
using Outpaint.Cli.Shell;
using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Metrics;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Cli.Commands;

/// <summary>One run of <c>outpaint evaluate</c>.</summary>
internal sealed class EvaluateRun(EvaluateOptions options, Terminal terminal, Func<string, IInpainter> loadInpainter)
{
    // Larger photos are shrunk while they are decoded, which costs less memory and changes nothing that can be seen.
    private const int DecodedPerCanvasSide = 4;

    /// <summary>Evaluates and returns the exit code.</summary>
    public int Execute(CancellationToken cancellation)
    {
        if (options.DataPath.Length == 0)
            throw new UsageException("no photos given; name a folder or .tar shards: outpaint evaluate --data_path photos");
        TorchRuntime.Threads = Environment.ProcessorCount;
        using var protocol = new OutpaintProtocol(options.ExtensionRatio);
        if (options.ExportInputs is { } folder)
        {
            using EvaluationSet inputs = LoadPhotos(protocol, cancellation);
            InputExport.Write(inputs, folder);
            terminal.Output.WriteLine($"{inputs.Count} inputs and {InputExport.MaskName} written into {folder}");
            return ExitCode.Success;
        }

        // Models and folders before photos: a wrong path should not show after minutes of work.
        Directory.CreateDirectory(options.OutputDir);
        using IInpainter? inpainter = LoadModel();
        IReadOnlyList<EvaluationMethod> methods = Methods(inpainter, protocol);
        using Lpips? lpips = options.LpipsWeights is { } lpipsFile ? Lpips.Load(lpipsFile) : null;
        using InceptionFeatures? inception = options.InceptionWeights is { } inceptionFile ? InceptionFeatures.Load(inceptionFile) : null;
        using EvaluationSet set = LoadPhotos(protocol, cancellation);
        using var evaluator = new Evaluator(set, lpips, inception);

        MethodResult[] results = [.. methods.Select(method => EvaluationProgress.Run(terminal, evaluator, method, set.Count, cancellation))];
        Write(new EvaluationResult(
            options.DataPath, set.Count, protocol.KnownSize, protocol.CanvasSize, evaluator.EvaluateOriginals(), results, Skipped(set.Count)));
        if (options.Examples > 0)
            Photo.SavePng(ComparisonGrid.Draw(set, evaluator, methods, options.Examples), InOutput("examples.png"));
        terminal.Output.WriteLine($"Written: results.json, results.md{(options.Examples > 0 ? ", examples.png" : "")} in {options.OutputDir}");
        return ExitCode.Success;
    }

    private EvaluationSet LoadPhotos(OutpaintProtocol protocol, CancellationToken cancellation)
    {
        var decoding = new ImageDatasetOptions { MaxShortSide = DecodedPerCanvasSide * protocol.CanvasSize };
        using ImageDataset dataset = ImageDataset.Load(options.DataPath, decoding, cancellation: cancellation);
        foreach (SkippedImage skipped in dataset.Skipped)
            terminal.WriteError($"{skipped.Name}: {skipped.Reason} (left out)");
        return EvaluationSet.From(dataset, protocol, options.Limit);
    }

    // Without --weights the built-in ones are tested when they are there, but baselines and peers need none.
    private IInpainter? LoadModel()
    {
        bool hasOthers = options.Baselines || options.Peer.Length > 0;
        if (options.Weights is null && hasOthers && !File.Exists(GeneratorWeights.BuiltIn))
            return null;
        return loadInpainter(GeneratorWeights.Resolve(options.Weights));
    }

    private List<EvaluationMethod> Methods(IInpainter? inpainter, OutpaintProtocol protocol)
    {
        List<EvaluationMethod> methods = [];
        if (inpainter is not null)
            methods.Add(OutpainterMethod.Create("outpaint", inpainter, protocol));
        if (options.Baselines)
            methods.AddRange([Baselines.EdgeReplicate, Baselines.Reflect]);
        methods.AddRange(options.Peer.Select(PeerOutputs.FromFolder));
        return methods;
    }

    private List<string> Skipped(int photos)
    {
        List<string> skipped = [];
        if (options.LpipsWeights is null)
            skipped.Add("LPIPS, because --lpips_weights names no file.");
        if (options.InceptionWeights is null)
            skipped.Add("FID-768, because --inception_weights names no file.");
        else if (photos < 2)
            skipped.Add("FID-768, because it takes at least two photos.");
        return skipped;
    }

    private void Write(EvaluationResult result)
    {
        string table = EvaluationTable.Write(result);
        AtomicFile.Write(InOutput("results.json"), stream => stream.Write(Encoding.UTF8.GetBytes(EvaluationJson.Write(result))));
        AtomicFile.Write(InOutput("results.md"), stream => stream.Write(Encoding.UTF8.GetBytes(table)));
        terminal.Output.WriteLine(table);
    }

    private string InOutput(string name) => Path.Combine(options.OutputDir, name);
}

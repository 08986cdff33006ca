using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Outpaint.Tracking.Wandb.Online.Streaming;

/// <summary>Lines on their way into a run's files on the server: the body of one file_stream request.</summary>
internal sealed class FileStreamBatch
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<StreamedFile, List<string>> lines = [];
    private readonly List<string> uploaded = [];

    /// <summary>The whole summary as JSON, if it changed.</summary>
    public string? Summary { get; set; }

    /// <summary>The exit code, in a run's last request.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Characters of the lines, about the size of the request.</summary>
    public long Size { get; private set; }

    /// <summary>Whether there is nothing to say.</summary>
    public bool IsEmpty => lines.Count == 0 && uploaded.Count == 0 && Summary is null && ExitCode is null;

    /// <summary>Appends a line to a file.</summary>
    public void Add(StreamedFile file, string line)
    {
        if (!lines.TryGetValue(file, out List<string>? content))
            lines.Add(file, content = []);
        content.Add(line);
        Size += line.Length;
    }

    /// <summary>Says that files were uploaded.</summary>
    public void AddUploaded(IEnumerable<string> files) => uploaded.AddRange(files);

    /// <summary>Lines for a file.</summary>
    public int Count(StreamedFile file) => lines.TryGetValue(file, out List<string>? content) ? content.Count : 0;

    /// <summary>The request's body.</summary>
    /// <param name="offsets">The number of lines that each file has on the server.</param>
    public byte[] ToJson(IReadOnlyDictionary<StreamedFile, long> offsets)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            WriteFiles(json, offsets);
            if (uploaded.Count > 0)
                WriteTexts(json, "uploaded", uploaded);
            if (ExitCode is { } code)
            {
                json.WriteBoolean("complete", true);
                json.WriteNumber("exitcode", code);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteFiles(Utf8JsonWriter json, IReadOnlyDictionary<StreamedFile, long> offsets)
    {
        if (lines.Count == 0 && Summary is null)
            return;
        json.WriteStartObject("files");
        foreach ((StreamedFile file, List<string> content) in lines)
            WriteFile(json, Name(file), offsets[file], content);
        // Always whole, so always from its first line on.
        if (Summary is not null)
            WriteFile(json, "wandb-summary.json", 0, [Summary]);
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, string name, long offset, IEnumerable<string> content)
    {
        json.WriteStartObject(name);
        json.WriteNumber("offset", offset);
        WriteTexts(json, "content", content);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Name(StreamedFile file) => file switch
    {
        StreamedFile.History => "wandb-history.jsonl",
        StreamedFile.Events => "wandb-events.jsonl",
        _ => "output.log",
    };
}

using System.Text.Json.Nodes;

namespace Outpaint.Testing.Wandb;

/// <summary>What the mock server knows of the run: as W&amp;B's, line i of a request goes to line offset + i of the file.</summary>
internal sealed class ServerSideRun
{
    private readonly Dictionary<string, SortedDictionary<long, string>> lines = [];
    private string lastRequest = "";

    public Dictionary<string, byte[]> Files { get; } = [];

    public HashSet<string> Uploaded { get; } = [];

    public JsonObject Config { get; set; } = [];

    public string Summary { get; private set; } = "";

    public int? ExitCode { get; private set; }

    public void Apply(JsonObject fileStream)
    {
        // Nothing may follow the end, but it may come again, if its answer was lost or late.
        string request = fileStream.ToJsonString();
        if (ExitCode is not null)
            Assert.Equal(lastRequest, request);
        lastRequest = request;
        foreach ((string name, JsonNode? part) in fileStream["files"]?.AsObject() ?? [])
        {
            string[] content = [.. part!["content"]!.AsArray().Select(line => (string)line!)];
            long offset = (long)part["offset"]!;
            if (name == "wandb-summary.json")
                Summary = Assert.Single(content);
            else
                Put(name, offset, content);
        }

        foreach (JsonNode? name in fileStream["uploaded"]?.AsArray() ?? [])
            Uploaded.Add((string)name!);
        if (fileStream["complete"] is not null)
            ExitCode = (int)fileStream["exitcode"]!;
    }

    /// <summary>A file's lines, which must follow each other without a gap.</summary>
    public string[] Lines(string name, long first = 0)
    {
        if (!lines.TryGetValue(name, out SortedDictionary<long, string>? file))
            return [];
        Assert.Equal(Enumerable.Range((int)first, file.Count).Select(i => (long)i), file.Keys);
        return [.. file.Values];
    }

    // A line that comes twice must be the same line.
    private void Put(string name, long offset, string[] content)
    {
        if (!lines.TryGetValue(name, out SortedDictionary<long, string>? file))
            lines.Add(name, file = []);
        for (int i = 0; i < content.Length; i++)
        {
            if (!file.TryAdd(offset + i, content[i]))
                Assert.Equal(file[offset + i], content[i]);
        }
    }
}

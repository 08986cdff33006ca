using System.Text.Json.Nodes;

namespace Outpaint.Testing.Wandb;

/// <summary>A request that the mock server got.</summary>
/// <param name="Kind">The GraphQL operation, "file_stream" or "PUT".</param>
/// <param name="Path">The path, still percent-encoded.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Json">The body, unless it is a file.</param>
/// <param name="Content">The bytes of the body.</param>
internal sealed record ReceivedRequest(
    string Kind, string Path, IReadOnlyDictionary<string, string> Headers, JsonObject? Json, byte[] Content)
{
    public JsonObject Variables => Json!["variables"]!.AsObject();
}

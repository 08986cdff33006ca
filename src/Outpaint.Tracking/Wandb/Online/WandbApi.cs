using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Outpaint.Tracking.Wandb.Online.Uploads;

namespace Outpaint.Tracking.Wandb.Online;

/// <summary>W&amp;B's GraphQL API, as far as a run needs it.</summary>
internal sealed class WandbApi(WandbHttp http)
{
    /// <summary>Creates a run or changes it, and says what the server calls it.</summary>
    /// <exception cref="WandbException">The server refuses, because of the key or the project, for instance.</exception>
    public Task<ServerRun> UpsertAsync(RunUpsert upsert, CancellationToken cancellation) =>
        // 409: another request about the same run is under way.
        SendAsync("UpsertBucket", GraphQlQueries.UpsertBucket, upsert.ToVariables(), ReadRun, retryConflict: true, cancellation);

    /// <summary>Where a run that is on the server stopped, or null if it is not there.</summary>
    /// <exception cref="WandbException">The server refuses.</exception>
    public Task<ResumePoint?> FindResumePointAsync(string? entity, string? project, string run, CancellationToken cancellation)
    {
        var variables = new JsonObject { ["project"] = project, ["entity"] = entity, ["name"] = run };
        return SendAsync(
            "RunResumeStatus", GraphQlQueries.RunResumeStatus, variables, ReadResumePoint, retryConflict: false, cancellation);
    }

    /// <summary>Announces files of a run and gets the addresses to put them to, in a single try.</summary>
    /// <param name="run">The run.</param>
    /// <param name="files">Paths below the run's files folder, with slashes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="WandbException">The server refuses.</exception>
    public Task<UploadTargets> CreateFilesAsync(ServerRun run, IEnumerable<string> files, CancellationToken cancellation)
    {
        var variables = new JsonObject
        {
            ["entity"] = run.Entity,
            ["project"] = run.Project,
            ["run"] = run.Run,
            ["files"] = new JsonArray([.. files.Select(file => (JsonNode?)file)]),
        };
        return SendAsync(
            "CreateRunFiles", GraphQlQueries.CreateRunFiles, variables, ReadTargets, retryConflict: false, cancellation, once: true);
    }

    private Task<T> SendAsync<T>(
        string operation, string query, JsonObject variables, Func<JsonElement, T> read, bool retryConflict, CancellationToken cancellation,
        bool once = false)
    {
        const string Path = "graphql";
        var call = new JsonObject { ["operationName"] = operation, ["query"] = query, ["variables"] = variables };
        byte[] body = Encoding.UTF8.GetBytes(call.ToJsonString());
        return once
            ? http.PostOnceAsync(Path, body, Read, retryConflict, cancellation)
            : http.PostAsync(Path, body, Read, retryConflict, cancellation);

        T Read(JsonElement answer) => read(Data(answer, operation));
    }

    // GraphQL reports its errors with HTTP status 200.
    private JsonElement Data(JsonElement answer, string operation)
    {
        if (answer.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            throw new WandbException($"W&B refuses {operation}: {http.Quote(errors[0].GetProperty("message").GetString() ?? "")}");
        return answer.GetProperty("data");
    }

    private static ServerRun ReadRun(JsonElement data)
    {
        JsonElement bucket = data.GetProperty("upsertBucket").GetProperty("bucket");
        JsonElement project = bucket.GetProperty("project");
        string run = Required(bucket, "name");
        return new ServerRun(
            Required(project.GetProperty("entity"), "name"),
            Required(project, "name"),
            run,
            bucket.Text("displayName") ?? run,
            bucket.Count("historyLineCount"));
    }

    private static ResumePoint? ReadResumePoint(JsonElement data)
    {
        JsonElement model = data.GetProperty("model");
        if (model.ValueKind == JsonValueKind.Null)
            return null;
        JsonElement bucket = model.GetProperty("bucket");
        return bucket.ValueKind == JsonValueKind.Null ? null : ResumePoint.Read(bucket);
    }

    private static UploadTargets ReadTargets(JsonElement data)
    {
        JsonElement created = data.GetProperty("createRunFiles");
        var urls = new Dictionary<string, string>();
        foreach (JsonElement file in created.GetProperty("files").EnumerateArray())
            urls[Required(file, "name")] = Required(file, "uploadUrl");
        return new UploadTargets(created.Texts("uploadHeaders") ?? [], urls);
    }

    private static string Required(JsonElement element, string property) =>
        element.GetProperty(property).GetString() ?? throw new FormatException(property);
}

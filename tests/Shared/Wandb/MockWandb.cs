using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Outpaint.Testing.Wandb;

/// <summary>A W&amp;B server on the loopback interface: GraphQL by operation name, file_stream, and a storage that takes signed PUTs.</summary>
internal sealed class MockWandb : IDisposable
{
    public const string Entity = "mock entity";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedRequest> requests = [];
    private readonly Lock turn = new();

    // A proxy that the machine goes through does not lead back to it.
    static MockWandb() => HttpClient.DefaultProxy = new WebProxy();

    public MockWandb(Action<ListenOptions>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => configure?.Invoke(listen));
        });
        app = builder.Build();
        app.Run(HandleAsync);
        app.StartAsync().GetAwaiter().GetResult();
        Url = app.Urls.Single();
    }

    public string Url { get; }

    public ServerSideRun Run { get; } = new();

    /// <summary>Decides about each request by its kind; null answers it as W&amp;B does.</summary>
    public Func<ReceivedRequest, ServerFault?> Fault { get; set; } = _ => null;

    /// <summary>The answer to RunResumeStatus: a run that is there, or null.</summary>
    public JsonNode? ExistingRun { get; set; }

    /// <summary>Whether somebody pressed Stop on the run's page.</summary>
    public bool Stopped { get; set; }

    /// <summary>Lines of history of a run of this name that is there.</summary>
    public int HistoryLineCount { get; set; }

    /// <summary>A request that W&amp;B would not understand, if there was one.</summary>
    public Exception? Misunderstanding { get; private set; }

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public IReadOnlyList<ReceivedRequest> RequestsOf(string kind) => [.. requests.Where(request => request.Kind == kind)];

    public void Dispose() => ((IDisposable)app).Dispose();

    private async Task HandleAsync(HttpContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        string path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        bool isFile = context.Request.Method == "PUT";
        JsonObject? json = isFile ? null : JsonNode.Parse(memory.ToArray())!.AsObject();
        var request = new ReceivedRequest(
            isFile ? "PUT" : path == "/graphql" ? (string)json!["operationName"]! : "file_stream",
            path, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), json, memory.ToArray());
        (ServerFault? fault, string answer) = Take(request);
        await (fault?.Answer(context) ?? context.Response.WriteAsync(answer));
    }

    // One at a time: lines and files come side by side, and what a client waits for no longer may meet its next try.
    private (ServerFault? Fault, string Answer) Take(ReceivedRequest request)
    {
        lock (turn)
        {
            requests.Enqueue(request);
            ServerFault? fault = Fault(request);
            if (fault is { AfterTheFact: false })
                return (fault, "");
            try
            {
                return (fault, Answer(request));
            }
            catch (Exception exception)
            {
                Misunderstanding = exception;
                return (ServerFault.Status(StatusCodes.Status400BadRequest), "");
            }
        }
    }

    private string Answer(ReceivedRequest request)
    {
        switch (request.Kind)
        {
            case "PUT":
                Run.Files[Uri.UnescapeDataString(request.Path["/storage/".Length..request.Path.IndexOf('?')])] = request.Content;
                return "";
            case "file_stream":
                Run.Apply(request.Json!);
                return new JsonObject { ["exitcode"] = null, ["limits"] = new JsonObject(), ["stopped"] = Stopped }.ToJsonString();
            case "UpsertBucket":
                return Data("upsertBucket", Upsert(request.Variables));
            case "RunResumeStatus":
                return Data("model", new JsonObject { ["name"] = "p", ["bucket"] = ExistingRun?.DeepClone() });
            case "CreateRunFiles":
                return Data("createRunFiles", CreateFiles(request.Variables));
            default:
                throw new InvalidOperationException(request.Kind);
        }
    }

    private JsonObject Upsert(JsonObject variables)
    {
        if (variables["config"] is { } config)
            Run.Config = JsonNode.Parse((string)config!)!.AsObject();
        return new JsonObject
        {
            ["bucket"] = new JsonObject
            {
                ["id"] = "UnVuOjE=",
                ["name"] = variables["name"]!.DeepClone(),
                ["displayName"] = variables["displayName"]?.DeepClone() ?? "happy-mock-1",
                ["project"] = new JsonObject
                {
                    ["name"] = variables["project"]?.DeepClone() ?? "uncategorized",
                    ["entity"] = new JsonObject { ["name"] = Entity },
                },
                ["historyLineCount"] = HistoryLineCount,
            },
            ["inserted"] = true,
        };
    }

    private JsonObject CreateFiles(JsonObject variables) => new()
    {
        ["runID"] = "UnVuOjE=",
        ["uploadHeaders"] = new JsonArray("X-Mock-Upload: yes", "Content-MD5: bWQ1"),
        ["files"] = new JsonArray([.. variables["files"]!.AsArray().Select((file, i) => (JsonNode)new JsonObject
        {
            ["name"] = (string)file!,
            // Some addresses are relative, as those of a server of one's own.
            ["uploadUrl"] = (i % 2 == 0 ? Url : "") + $"/storage/{Uri.EscapeDataString((string)file!)}?signature=s{requests.Count}",
        })]),
    };

    private static string Data(string name, JsonNode? value) => new JsonObject { ["data"] = new JsonObject { [name] = value } }.ToJsonString();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Outpaint.Tracking.Tests.Wandb.Online;

/// <summary>Compares our requests with the official client's, by names and types (official-requests.json).</summary>
public sealed partial class OnlineContractTests : IDisposable
{
    private static readonly JsonObject Official = JsonNode.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Wandb", "Online", "official-requests.json")))!.AsObject();

    private readonly OnlineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_runs_requests_have_the_official_names_and_types()
    {
        run.Settings = run.Settings with { Name = "n", Group = "g", JobType = "train", Notes = "text", Tags = ["a"] };
        await RunAsync();

        IReadOnlyList<ReceivedRequest> upserts = run.Server.RequestsOf("UpsertBucket");
        RequireLike("UpsertBucket", upserts[0]);
        Assert.Equal(Canonical(Official["UpsertBucket update"]!["variables"]), Shape(upserts[^1].Variables));
        RequireLike("CreateRunFiles", run.Server.RequestsOf("CreateRunFiles")[0]);
        ReceivedRequest last = run.Server.RequestsOf("file_stream")[^1];
        Assert.Equal(Canonical(Official["file_stream"]!["body"]), Shape(last.Json));
        Assert.Equal("/files/mock%20entity/gan%20project/run1/file_stream", last.Path);
        RequireHeaders("file_stream", last);
        Assert.All(run.Server.RequestsOf("PUT"), put => RequireHeaders("PUT", put));
    }

    [Fact]
    public async Task A_resumed_runs_requests_have_the_official_names_and_types()
    {
        run.Server.ExistingRun = OnlineResumeTests.FromTheOfficialTranscript();
        run.Options = run.Options with { Resume = Tracking.Wandb.Online.ResumeMode.Allow };
        await RunAsync(firstStep: 42);

        RequireLike("RunResumeStatus", run.Server.RequestsOf("RunResumeStatus").Single());
        Assert.Equal(Canonical(Official["UpsertBucket resume"]!["variables"]), Shape(run.Server.RequestsOf("UpsertBucket")[0].Variables));
    }

    [Fact]
    public async Task Lines_have_the_official_form()
    {
        await RunAsync();
        ServerSideRun arrived = run.Server.Run;

        JsonObject history = JsonNode.Parse(arrived.Lines("wandb-history.jsonl")[0])!.AsObject();
        Assert.Equal(Canonical(Official["image"]), Shape(history["samples"]));
        Assert.Equal(Canonical(Official["history line"]), Shape(OwnKeys(history)));
        Assert.Equal(Canonical(Official["events line"]), Shape(OwnKeys(JsonNode.Parse(arrived.Lines("wandb-events.jsonl")[0])!.AsObject())));
        Assert.Matches(@"^(ERROR )?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6} ", arrived.Lines("output.log")[0]);
        Assert.All(arrived.Config, value => Assert.Equal(["value"], value.Value!.AsObject().Select(member => member.Key)));
        Assert.Equal(["cli_version", "e", "m", "t"], arrived.Config["_wandb"]!["value"]!.AsObject().Select(member => member.Key).Order());
    }

    // Something of everything, all of it in the last request.
    private async Task RunAsync(int firstStep = 0)
    {
        run.Start();
        run.Tracker.Configure(new JsonObject { ["lr"] = 0.1 });
        await run.Clock.Delay(TimeSpan.FromSeconds(20));
        run.Tracker.LogConsole(new ConsoleText(run.Clock.GetUtcNow(), ConsoleStream.Output, "text\n"));
        run.Tracker.LogSystem(new SystemSample(run.Clock.GetUtcNow(), new Dictionary<string, double> { ["cpu"] = 1 }));
        run.Tracker.Log(new TrackedStep(firstStep, new Dictionary<string, double> { ["loss"] = 0.5 })
        {
            Time = run.Clock.GetUtcNow(),
            Images = [new TrackedImage("samples", Png.OfSize(24, 16), "caption")],
        });
        run.Finish();
    }

    private static void RequireLike(string name, ReceivedRequest request)
    {
        Assert.Equal((string)Official[name]!["query"]!, Blanks().Replace((string)request.Json!["query"]!, ""));
        Assert.Equal(Canonical(Official[name]!["variables"]), Shape(request.Variables));
        Assert.Equal(["operationName", "query", "variables"], request.Json.Select(member => member.Key).Order());
        RequireHeaders(name, request);
    }

    // The storage may ask for more: X-Mock-Upload, Content-MD5.
    private static void RequireHeaders(string name, ReceivedRequest request) => Assert.Equal(
        Official[name]!["headers"]!.AsArray().Select(header => (string)header!),
        request.Headers.Keys.Except(["X-Mock-Upload", "Content-MD5"]).Order(StringComparer.Ordinal));

    private static JsonObject OwnKeys(JsonObject line) =>
        new(line.Where(member => member.Key.StartsWith('_')).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static string Canonical(JsonNode? shape) => shape!.ToJsonString();

    private static string Shape(JsonNode? node) => TypeOf(node)?.ToJsonString() ?? "null";

    private static JsonNode? TypeOf(JsonNode? node) => node switch
    {
        JsonObject values => new JsonObject(values.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, TypeOf(member.Value)))),
        JsonArray items => new JsonArray([.. items.Take(1).Select(TypeOf)]),
        null => null,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => "bool",
            JsonValueKind.Number => "number",
            _ => "string",
        },
    };

    [GeneratedRegex(@"[\s,]")]
    private static partial Regex Blanks();
}

using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class WandbApiKeyTests : IDisposable
{
    private const string OtherKey = "local-9876543210987654321098765432109876543210";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment = [];
    private readonly Uri server = new("https://api.wandb.ai/");

    public WandbApiKeyTests() => environment["HOME"] = folder.Path;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_environment_comes_before_netrc()
    {
        WriteNetrc(".netrc", $"machine api.wandb.ai login user password {OtherKey}");
        environment["WANDB_API_KEY"] = $" {OnlineRun.Key}\n";

        Assert.Equal(Header(OnlineRun.Key), Find()!.Authorization.ToString());
    }

    [Theory]
    [InlineData(".netrc", "machine api.wandb.ai\n  login user\n  password KEY\n")]
    [InlineData("_netrc", "machine api.wandb.ai login user password KEY")]
    [InlineData(".netrc", "machine example.org login a password b\r\nmachine api.wandb.ai login user password KEY\r\n")]
    [InlineData(".netrc", "# password x\nmacdef init\nmachine api.wandb.ai password macro\n\ndefault login user password KEY\n")]
    [InlineData(".netrc", "machine api.wandb.ai login password password KEY")]
    public void Netrc_is_read_as_wandb_login_writes_it(string file, string content)
    {
        WriteNetrc(file, content.Replace("KEY", OtherKey));

        Assert.Equal(Header(OtherKey), Find()!.Authorization.ToString());
    }

    [Fact]
    public void A_server_of_ones_own_is_found_by_host_and_port()
    {
        WriteNetrc("elsewhere", $"machine localhost:8080 login user password {OtherKey}");
        environment["NETRC"] = folder.File("elsewhere");
        environment["WANDB_BASE_URL"] = "http://localhost:8080/";

        WandbServer found = WandbServer.Find(environment.GetValueOrDefault)!;

        Assert.Equal(("http://localhost:8080/", Header(OtherKey)), (found.BaseUrl.ToString(), found.Key.Authorization.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("machine example.org login user password KEY")]
    [InlineData("machine")]
    [InlineData("machine api.wandb.ai login user password")]
    public void No_key_is_no_server(string netrc)
    {
        WriteNetrc(".netrc", netrc.Replace("KEY", OtherKey));

        Assert.Null(WandbServer.Find(environment.GetValueOrDefault));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("0123456789abcdef0123456789abcdef0123456")]
    [InlineData("0123456789abcdef0123456789 abcdef01234567")]
    public void What_cannot_be_a_key_is_refused_without_being_shown(string secret)
    {
        environment["WANDB_API_KEY"] = secret;

        var error = Assert.Throws<WandbException>(() => Find());

        Assert.StartsWith("WANDB_API_KEY does not hold a W&B API key", error.Message);
        Assert.DoesNotContain(secret, error.Message);
    }

    [Theory]
    [InlineData("wandb.example.org")]
    [InlineData("ftp://wandb.example.org")]
    [InlineData("https://user:secret@wandb.example.org")]
    public void An_address_that_is_none_is_refused(string url)
    {
        environment["WANDB_BASE_URL"] = url;
        environment["WANDB_API_KEY"] = OnlineRun.Key;

        var error = Assert.Throws<WandbException>(() => WandbServer.Find(environment.GetValueOrDefault));

        Assert.Contains("WANDB_BASE_URL", error.Message);
        Assert.DoesNotContain("secret", error.Message);
    }

    [Theory]
    [InlineData("https://api.wandb.ai", "https://wandb.ai/team%20a/p/runs/r1")]
    [InlineData("https://api.example.org", "https://app.example.org/team%20a/p/runs/r1")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/team%20a/p/runs/r1")]
    [InlineData("https://example.org/wandb", "https://example.org/wandb/team%20a/p/runs/r1")]
    public void The_runs_page_belongs_to_the_server(string url, string page) =>
        Assert.Equal(page, new WandbServer(url, new WandbApiKey(OnlineRun.Key, "test")).RunPage("team a", "p", "r1").AbsoluteUri);

    [Fact]
    public void A_key_prints_as_asterisks() => Assert.Equal("***", $"{new WandbApiKey(OnlineRun.Key, "test")}");

    private static string Header(string key) => "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"api:{key}"));

    private WandbApiKey? Find() => WandbApiKey.Find(server, environment.GetValueOrDefault);

    private void WriteNetrc(string name, string content) => File.WriteAllText(folder.File(name), content);
}

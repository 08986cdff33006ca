using System.Diagnostics;

namespace Outpaint.Tracking.Tests;

public sealed class RunFactsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public RunFactsTests()
    {
        // A git hook that runs the tests tells git to use another repository than that of the folder.
        foreach (string name in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
            Environment.SetEnvironmentVariable(name, null);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_machine_is_described()
    {
        RunFacts facts = RunFacts.Collect("outpaint", ["train"]);

        Assert.Equal(("outpaint", "train"), (facts.Program, facts.Arguments.Single()));
        Assert.InRange(facts.Cores, 1, facts.LogicalCores);
        Assert.True(facts.Memory > 0 && facts.DiskSize > facts.DiskUsed && facts.DiskUsed > 0);
        Assert.Matches("^outpaint-tracking-[0-9]+[.][0-9]+[.][0-9]+$", facts.Client);
    }

    [Fact]
    public void The_commit_is_found_and_passwords_in_its_address_are_not_told()
    {
        Git("init", "--quiet");
        Assert.Null(GitState.Find(folder.Path));
        Git("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "commit", "--quiet", "--allow-empty", "--message", "first");
        Git("remote", "add", "origin", "https://me:s%40c{re}t^@example.com/outpaint.git");

        GitState git = GitState.Find(folder.Path)!;

        Assert.Matches("^[0-9a-f]{40}$", git.Commit);
        Assert.Equal("https://example.com/outpaint.git", git.RemoteUrl);
    }

    [Fact]
    public void Programs_that_are_missing_or_fail_have_nothing_to_say()
    {
        Assert.Null(Subprocess.Output("no-such-program-anywhere", []));
        Assert.Null(Subprocess.Output("git", ["no-such-command"]));
    }

    private void Git(params string[] arguments)
    {
        using Process process = Process.Start("git", ["-C", folder.Path, .. arguments]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

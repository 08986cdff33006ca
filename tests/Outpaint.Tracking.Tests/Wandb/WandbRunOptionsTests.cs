using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Tests.Wandb;

public sealed class WandbRunOptionsTests
{
    [Fact]
    public void Names_come_from_the_variables_of_the_official_client()
    {
        var variables = new Dictionary<string, string>
        {
            ["WANDB_PROJECT"] = "p",
            ["WANDB_ENTITY"] = "e",
            ["WANDB_NAME"] = "n",
            ["WANDB_TAGS"] = "a, b,",
            ["WANDB_NOTES"] = "notes",
            ["WANDB_RUN_GROUP"] = "g",
            ["WANDB_JOB_TYPE"] = "j",
            ["WANDB_RUN_ID"] = "id",
            ["WANDB_DIR"] = "dir",
        };

        WandbRunOptions options = WandbRunOptions.FromEnvironment(variables.GetValueOrDefault);

        Assert.Equal(("p", "e", "n", "notes", "g", "j", "id", "dir"), (options.Project, options.Entity, options.Name, options.Notes, options.Group, options.JobType, options.RunId, options.Root));
        Assert.Equal(["a", "b"], options.Tags);
        Assert.Matches("^[a-z0-9]{8}$", WandbRunOptions.FromEnvironment(_ => null).RunId);
        Assert.Throws<WandbException>(() => WandbRunOptions.FromEnvironment(_ => "a/b"));
    }
}

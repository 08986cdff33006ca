using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Models;
using Outpaint.Torch.Serialization;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training;

public sealed class PictureFineTuningTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string weights;

    public PictureFineTuningTests()
    {
        using ImageDataset photos = SmallRuns.Photos(folder);
        var run = new RunFolder(folder.File("run"));
        SmallRuns.Train(SmallRuns.Tiny, photos, run);
        weights = run.GeneratorPath;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_around_a_part_of_a_picture_comes_out_nearer_to_what_the_picture_shows()
    {
        RgbImage picture = Dots(192);
        bool[] hole = [.. Enumerable.Range(0, 192 * 192).Select(i => i % 192 is < 32 or >= 160 || i / 192 is < 32 or >= 160)];

        double before = Error(GeneratorFile.Load(weights)), after = Error(PictureFineTuning.Run(weights, picture, steps: 15));

        // A network of this size learns little in so few steps; one that learns nothing makes the same error again.
        Assert.InRange(after, 0, 0.97 * before);

        double Error(Generator generator)
        {
            using var inpainter = new GeneratorInpainter(generator);
            return inpainter.Inpaint(picture, hole).Pixels.Zip(picture.Pixels, (made, real) => Math.Abs(made - real)).Average();
        }
    }

    [Fact]
    public void The_same_seed_makes_the_same_generator_and_another_one_another()
    {
        RgbImage picture = Dots(96);
        float[] first = Weights(7), again = Weights(7), other = Weights(8);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        float[] Weights(int seed)
        {
            using Generator generator = PictureFineTuning.Run(weights, picture, steps: 1, seed);
            return [.. generator.Parameters().SelectMany(parameter => parameter.ToArray<float>())];
        }
    }

    [Theory]
    [InlineData(40, 300)]
    [InlineData(900, 600)]
    [InlineData(8, 8)]
    public void Pictures_of_any_size_are_learnt_from(int width, int height)
    {
        var told = new List<double>();
        using Generator generator = PictureFineTuning.Run(weights, new RgbImage(width, height), steps: 2, progress: new Told(told.Add));
        Assert.Equal([0.5, 1], told);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told(_ => stop.Cancel());
        Assert.Throws<OperationCanceledException>(() => PictureFineTuning.Run(weights, Dots(96), steps: 1000, progress: told, cancellation: stop.Token));
    }

    [Fact]
    public void Without_its_discriminators_it_says_where_they_belong()
    {
        File.Delete(Discriminators);
        var error = Assert.Throws<TrainingException>(() => PictureFineTuning.Run(weights, Dots(96), steps: 1));
        Assert.Contains(Discriminators, error.Message);
    }

    [Fact]
    public void A_damaged_file_of_discriminators_is_named()
    {
        File.WriteAllText(Discriminators, "no weights");
        var error = Assert.Throws<WeightsFormatException>(() => PictureFineTuning.Require(weights));
        Assert.Contains(StartingPoint.DiscriminatorsName, error.Message);
    }

    private string Discriminators => Path.Combine(folder.File("run"), StartingPoint.DiscriminatorsName);

    private static RgbImage Dots(int side)
    {
        var picture = new RgbImage(side, side);
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            (int x, int y) = (i / 3 % side, i / 3 / side);
            picture.Pixels[i] = (byte)(x % 16 < 8 && y % 16 < 8 ? 30 : 220);
        }
        return picture;
    }

    private sealed class Told(Action<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen(value);
    }
}

using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly OutpaintProtocol protocol = new(0.5, knownSize: 16);

    [Fact]
    public void Photos_are_named_by_their_path_without_extension()
    {
        Directory.CreateDirectory(folder.File("sub"));
        Save("first.png", 24);
        Save("sub/second.png", 30);
        Save("third.png", 24);

        using EvaluationSet set = EvaluationSet.Load(ImageSource.Find([folder.Path]), protocol, limit: 2);

        Assert.Equal(["first", "sub/second"], set.Keys);
        Assert.Equal([2L, 3, 24, 24], set.Originals(0, 2).Shape);
    }

    [Fact]
    public void Photos_that_cannot_be_read_are_told_and_do_not_count_towards_the_limit()
    {
        File.WriteAllText(folder.File("a-broken.png"), "no picture");
        Save("b.png", 24);
        Save("c.png", 24);
        var skipped = new List<SkippedImage>();

        using EvaluationSet set = EvaluationSet.Load(ImageSource.Find([folder.Path]), protocol, limit: 2, skipped.Add);

        Assert.Equal(["b", "c"], set.Keys);
        Assert.Equal("a-broken.png", Assert.Single(skipped).Name);
    }

    [Fact]
    public void Nothing_but_broken_photos_is_an_error_with_their_number()
    {
        File.WriteAllText(folder.File("broken.png"), "no picture");
        Assert.Contains("None of the 1 pictures", Assert.Throws<DataException>(
            () => EvaluationSet.Load(ImageSource.Find([folder.Path]), protocol)).Message);
    }

    [Fact]
    public void Exported_inputs_come_back_as_a_peers_output()
    {
        using EvaluationSet set = TwoPhotos();
        InputExport.Write(set, folder.Path + "/");

        Tensor output = PeerOutputs.FromFolder(folder.Path).Extend(set.Batch(0, 2));

        // The hole is mid-grey, which has no exact 8-bit value.
        Assert.Equal(0, (output - set.Batch(0, 2).Image).Abs().Mean().Item(), 2);
        Assert.Equal(0, ((output - set.Originals(0, 2)) * (1 - protocol.Mask)).Abs().Sum().Item(), 3);
        byte[] mask = Photo.Load(folder.File(InputExport.MaskName)).ToRgb().Pixels;
        Assert.Equal(3 * (24 * 24 - 16 * 16) * 255, mask.Sum(value => value));
    }

    [Theory]
    [InlineData("../a", "leads out")]
    [InlineData("/a", "leads out")]
    [InlineData("mask", "twice")]
    [InlineData("b", "twice")]
    public void Photos_whose_names_make_no_file_of_their_own_are_refused_before_anything_is_written(string name, string reason)
    {
        using EvaluationSet set = TwoPhotos(name);
        string target = folder.File("inputs");
        Assert.Contains(reason, Assert.Throws<PictureException>(() => InputExport.Write(set, target)).Message);
        Assert.False(Directory.Exists(target));
    }

    [Fact]
    public void A_peers_missing_or_misshapen_output_is_named()
    {
        using EvaluationSet set = TwoPhotos();
        EvaluationMethod peer = PeerOutputs.FromFolder(folder.Path);
        Save("a.png", 24);
        Assert.Contains("b.png", Assert.Throws<PictureException>(() => peer.Extend(set.Batch(0, 2))).Message);
        Save("b.png", 16);
        Assert.Contains("16 x 16", Assert.Throws<PictureException>(() => peer.Extend(set.Batch(0, 2))).Message);
        Assert.Throws<PictureException>(() => PeerOutputs.FromFolder(folder.File("none")));
    }

    public void Dispose()
    {
        folder.Dispose();
        protocol.Dispose();
    }

    private EvaluationSet TwoPhotos(string first = "a") => new(protocol, [first, "b"], (Tensor.Rand([2, 3, 24, 24]) * 255).To(DType.UInt8));

    private void Save(string name, int side) => Photo.SavePng(new RgbImage(side, side), folder.File(name));
}

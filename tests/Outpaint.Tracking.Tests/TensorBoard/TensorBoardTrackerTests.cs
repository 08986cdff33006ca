using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Outpaint.Tracking.TensorBoard;
using Outpaint.Tracking.TensorBoard.Protocol;

namespace Outpaint.Tracking.Tests.TensorBoard;

public sealed class TensorBoardTrackerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Checksums_are_those_of_TensorFlow()
    {
        // 32 zeros: their CRC-32C by RFC 3720, B.4, rotated by 15 bits and shifted.
        Assert.Equal(unchecked(((0x8A9136AAu >> 15) | (0x8A9136AAu << 17)) + 0xA282EAD8u), EventFileWriter.MaskedCrc(new byte[32]));
    }

    [Fact]
    public void Scalars_and_images_read_back()
    {
        byte[] png = Png.OfSize(6, 4);
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 250, TimeSpan.Zero);
        using (var tracker = new TensorBoardTracker(folder.Path))
        {
            tracker.Log(new TrackedStep(20, new Dictionary<string, double> { ["loss/generator"] = 0.5, ["nan"] = double.NaN })
            {
                Time = time,
                Images = [new TrackedImage("samples", png), new TrackedImage("pair", png), new TrackedImage("pair", png)],
            });
            tracker.LogSystem(new SystemSample(time, new Dictionary<string, double> { ["cpu"] = 50 }));
        }

        List<Event> events = ReadEvents();
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Equal((20, 1767323045.25), (events[1].Step, events[1].WallTime));
        Assert.Equal(["loss/generator", "nan", "samples", "pair/0", "pair/1"], events[1].Summary.Value.Select(value => value.Tag));
        Assert.Equal([0.5f, float.NaN], events[1].Summary.Value.Take(2).Select(value => value.SimpleValue));
        Summary.Types.Image image = events[1].Summary.Value[2].Image;
        Assert.Equal((6, 4), (image.Width, image.Height));
        Assert.Equal(png, image.EncodedImageString.ToByteArray());
        Assert.Equal(("system/cpu", 20), (events[2].Summary.Value.Single().Tag, events[2].Step));
    }

    [Fact]
    public void Config_and_networks_are_texts()
    {
        using (var tracker = new TensorBoardTracker(folder.Path))
        {
            tracker.Configure(new JsonObject { ["lr"] = 0.1 });
            tracker.LogModel(new ModelDescription("net", []));
        }

        Summary.Types.Value[] texts = [.. ReadEvents().Skip(1).Select(entry => entry.Summary.Value.Single())];
        Assert.Equal(["config", "model/net"], texts.Select(text => text.Tag));
        Assert.All(texts, text => Assert.Equal("text", text.Metadata.PluginData.PluginName));
        Assert.Contains("\"lr\": 0.1", texts[0].Tensor.StringVal.Single().ToStringUtf8());
    }

    [Fact]
    public void A_resumed_run_takes_back_the_steps_that_come_again()
    {
        using (new TensorBoardTracker(folder.Path))
        using (var resumed = new TensorBoardTracker(folder.Path))
            resumed.ForgetAfter(100);

        Assert.Equal(2, Directory.GetFiles(folder.Path, "events.out.tfevents.*").Length);
        Event last = ReadEvents()[^1];
        Assert.Equal((101, SessionLog.Types.SessionStatus.Start), (last.Step, last.SessionLog.Status));
    }

    // A reader of its own, which checks every checksum.
    private List<Event> ReadEvents()
    {
        var events = new List<Event>();
        foreach (string path in Directory.GetFiles(folder.Path).Order())
        {
            ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
            while (rest.Length > 0)
            {
                int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
                Assert.Equal(EventFileWriter.MaskedCrc(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
                ReadOnlySpan<byte> payload = rest.Slice(12, length);
                Assert.Equal(EventFileWriter.MaskedCrc(payload), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
                events.Add(Event.Parser.ParseFrom(payload));
                rest = rest[(16 + length)..];
            }
        }

        return events;
    }
}

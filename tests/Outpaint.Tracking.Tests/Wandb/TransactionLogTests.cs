using FsCheck;
using FsCheck.Fluent;
using Outpaint.Tracking.Wandb;
using Outpaint.Tracking.Wandb.Protocol;
using Record = Outpaint.Tracking.Wandb.Protocol.Record;

namespace Outpaint.Tracking.Tests.Wandb;

public sealed class TransactionLogTests : IDisposable
{
    // A run and its exit, accepted by the official sync.
    private const string SmallestLog =
        "3a572642e1be00" +
        "9b7992101c000108018a010c0a046d696e411a046d696e698201082206736c6f743137" +
        "c5274e2b12000108029201021005" + "8201082206736c6f743138";

    private readonly TemporaryFolder folder = new();

    private string LogPath => folder.File("run-a.wandb");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_smallest_official_log_is_read_and_written_byte_for_byte()
    {
        byte[] official = Convert.FromHexString(SmallestLog);
        List<byte[]> payloads = ReadAll(official);

        Record run = Record.Parser.ParseFrom(payloads[0]), exit = Record.Parser.ParseFrom(payloads[1]);
        Assert.Equal(("minA", "mini", "slot17"), (run.Run.RunId, run.Run.Project, run.Control.MailboxSlot));
        Assert.Equal(5, exit.Exit.Runtime);
        Assert.Equal(official, Write(payloads));
    }

    // Room for a header and nothing else, for less than a header, and for nothing.
    [Theory]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(6)]
    [InlineData(3)]
    [InlineData(1)]
    [InlineData(0)]
    public void Records_continue_in_the_next_block_whatever_is_left_of_this_one(int left)
    {
        byte[] filler = Bytes(TransactionLog.BlockSize - TransactionLog.FileHeader.Length - TransactionLog.ChunkHeaderSize - left);
        byte[][] payloads = [filler, Bytes(100), [1]];

        byte[] written = Write(payloads);

        AssertSame(payloads, ReadAll(written));
        byte[] padding = written[(TransactionLog.BlockSize - left)..TransactionLog.BlockSize];
        if (left < TransactionLog.ChunkHeaderSize)
            Assert.All(padding, value => Assert.Equal(0, value));
        else
            Assert.Equal((byte)ChunkType.First, padding[6]);
    }

    [Fact]
    public void A_record_spans_as_many_blocks_as_it_needs()
    {
        byte[][] payloads = [Bytes((3 * TransactionLog.BlockSize) + 12_345), [], Bytes(5)];

        AssertSame(payloads, ReadAll(Write(payloads)));
    }

    [Fact]
    public void Any_sequence_of_records_reads_back()
    {
        Gen<int> size = Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(TransactionLog.BlockSize - 40, TransactionLog.BlockSize), Gen.Choose(0, 100_000));
        Prop.ForAll(size.ListOf().ToArbitrary(), sizes =>
        {
            byte[][] payloads = [.. sizes.Select(Bytes)];
            File.Delete(LogPath);
            AssertSame(payloads, ReadAll(Write(payloads)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Fact]
    public void A_log_cut_anywhere_gives_the_records_before_the_cut()
    {
        byte[][] payloads = [Bytes(20), Bytes(0), Bytes(300)];
        byte[] whole = Write(payloads);
        int[] ends = [7, 7 + 27, 7 + 27 + 7, whole.Length];

        for (int length = 7; length < whole.Length; length++)
        {
            File.WriteAllBytes(LogPath, whole[..length]);
            using var reader = new TransactionLogReader(LogPath);
            int complete = ends.Count(end => end <= length) - 1;
            for (int i = 0; i < complete; i++)
                Assert.Equal(payloads[i], reader.ReadPayload());
            Assert.Null(reader.ReadPayload());
            Assert.Equal(!ends.Contains(length), reader.EndsInsideRecord);
        }
    }

    [Fact]
    public void A_reader_follows_a_log_that_grows()
    {
        using var writer = new TransactionLogWriter(LogPath);
        using var reader = new TransactionLogReader(LogPath);
        Assert.Null(reader.ReadPayload());
        for (int i = 0; i < 40; i++)
        {
            byte[] payload = Bytes(i * 1000);
            writer.Append(payload);
            Assert.Equal(payload, reader.ReadPayload());
            Assert.Null(reader.ReadPayload());
        }

        Assert.False(reader.EndsInsideRecord);
    }

    [Fact]
    public void A_reader_goes_on_from_a_position_of_before()
    {
        Write([Bytes(10), Bytes(40_000), Bytes(30)]);
        using var first = new TransactionLogReader(LogPath);
        first.ReadPayload();
        first.ReadPayload();

        using var second = new TransactionLogReader(LogPath);
        second.Seek(first.Position);
        Assert.Equal(Bytes(30), second.ReadPayload());
    }

    [Fact]
    public void Any_flipped_bit_is_noticed()
    {
        byte[] whole = Write([Bytes(4)]);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] damaged = [.. whole];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(LogPath, damaged);
            using var reader = new TransactionLogReader(LogPath);
            // A length that points beyond the file looks like a log that is still being written.
            if (Xunit.Record.Exception(() => Assert.Null(reader.ReadPayload())) is { } error)
                Assert.Contains(LogPath, Assert.IsType<InvalidDataException>(error).Message);
            else
                Assert.True(reader.EndsInsideRecord);
        }
    }

    [Fact]
    public void Space_that_was_reserved_and_never_written_is_the_end()
    {
        byte[] whole = Write([Bytes(20)]);
        AssertSame([Bytes(20)], ReadAll([.. whole, .. new byte[2 * TransactionLog.BlockSize]]));
    }

    [Fact]
    public void A_log_is_never_written_over()
    {
        Write([Bytes(20)]);
        Assert.Throws<IOException>(() => new TransactionLogWriter(LogPath));
    }

    [Fact]
    public void Records_are_numbered()
    {
        using (var writer = new TransactionLogWriter(LogPath))
        {
            writer.Append(new Record { Header = new HeaderRecord() });
            writer.Append(new Record { Footer = new FooterRecord() });
        }

        using var reader = new TransactionLogReader(LogPath);
        Assert.Equal([1, 2], new[] { reader.Read()!.Num, reader.Read()!.Num });
        Assert.Null(reader.Read());
    }

    // Comparing element by element, as Equal does, takes seconds.
    private static void AssertSame(byte[][] expected, List<byte[]> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private byte[] Write(IEnumerable<byte[]> payloads)
    {
        File.Delete(LogPath);
        using (var writer = new TransactionLogWriter(LogPath))
        {
            foreach (byte[] payload in payloads)
                writer.Append(payload);
        }

        return File.ReadAllBytes(LogPath);
    }

    private List<byte[]> ReadAll(byte[] log)
    {
        File.WriteAllBytes(LogPath, log);
        using var reader = new TransactionLogReader(LogPath);
        var payloads = new List<byte[]>();
        while (reader.ReadPayload() is { } payload)
            payloads.Add(payload);
        Assert.False(reader.EndsInsideRecord);
        return payloads;
    }
}

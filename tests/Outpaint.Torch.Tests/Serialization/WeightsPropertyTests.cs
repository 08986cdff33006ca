using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outpaint.Torch.Serialization;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class WeightsPropertyTests : IDisposable
{
    private static readonly Gen<TensorCase> AnyTensor =
        from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
        where name.Get != "__metadata__" && IsUnicode(name.Get)
        from dtype in Gen.Elements(Enum.GetValues<DType>())
        from shape in Gen.Choose(0, 4).ArrayOf(3)
        from rank in Gen.Choose(0, 3)
        let sizes = Array.ConvertAll(shape[..rank], size => (long)size)
        let byteCount = (int)sizes.Aggregate((long)dtype.ByteSize(), (product, size) => product * size)
        from bytes in Gen.Choose(0, dtype == DType.Bool ? 1 : 255).Select(value => (byte)value).ArrayOf(byteCount)
        select new TensorCase(name.Get, dtype, sizes, bytes);

    private static readonly Gen<Mutation[]> AnyMutations =
        (from position in ArbMap.Default.GeneratorFor<NonNegativeInt>().Resize(10_000)
         from kind in Gen.Elements(Enum.GetValues<MutationKind>())
         from value in Gen.Choose(0, 255)
         select new Mutation(kind, position.Get, (byte)value)).NonEmptyListOf().Select(list => list.ToArray()).Resize(5);

    private readonly TemporaryFolder folder = new();

    private enum MutationKind
    {
        Replace,
        FlipBit,
        Insert,
        Delete,
        Cut,
    }

    [Fact]
    public void Whatever_is_written_is_read_back() =>
        Prop.ForAll(AnyTensor.ListOf().ToArbitrary(), cases =>
        {
            using var scope = new TensorScope();
            string path = folder.PathOf("a.safetensors");
            Dictionary<string, TensorCase> expected = cases.DistinctBy(tensor => tensor.Name).ToDictionary(tensor => tensor.Name);
            SafetensorsWriter.Write(path, expected.ToDictionary(pair => pair.Key, pair => Tensor.FromBytes(pair.Value.Bytes, pair.Value.Shape, pair.Value.DType)));

            IReadOnlyDictionary<string, Tensor> loaded = WeightsFile.Load(path);

            Assert.Equal(expected.Keys.Order(), loaded.Keys.Order());
            foreach ((string name, Tensor tensor) in loaded)
            {
                Assert.Equal(expected[name].DType, tensor.DType);
                Assert.Equal(expected[name].Shape, tensor.Shape);
                Assert.Equal(expected[name].Bytes, TensorBytes.Of(tensor));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mutated_safetensors_file_loads_or_is_refused()
    {
        byte[] file = SafetensorsBytes.With(
            """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"BOOL","shape":[],"data_offsets":[8,9]}}""", 9);

        LoadsOrIsRefused(file);
    }

    [Fact]
    public void A_mutated_state_dict_loads_or_is_refused() => LoadsOrIsRefused(TorchSaved.Checkpoint);

    [Fact]
    public void A_mutated_legacy_state_dict_loads_or_is_refused() => LoadsOrIsRefused(TorchSaved.LegacyCheckpoint);

    public void Dispose() => folder.Dispose();

    private void LoadsOrIsRefused(byte[] file) =>
        Prop.ForAll(AnyMutations.ToArbitrary(), mutations =>
        {
            using var scope = new TensorScope();
            string path = folder.Write("mutated", mutations.Aggregate(file, (bytes, mutation) => mutation.Apply(bytes)));
            try
            {
                WeightsFile.Load(path);
            }
            catch (WeightsFormatException)
            {
                // The only exception that a bad file may cause.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    // JSON can express nothing else.
    private static bool IsUnicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private sealed record TensorCase(string Name, DType DType, long[] Shape, byte[] Bytes);

    private sealed record Mutation(MutationKind Kind, int Position, byte Value)
    {
        public byte[] Apply(byte[] bytes)
        {
            if (bytes.Length == 0)
                return bytes;

            int i = Position % bytes.Length;
            return Kind switch
            {
                MutationKind.Replace => [.. bytes[..i], Value, .. bytes[(i + 1)..]],
                MutationKind.FlipBit => [.. bytes[..i], (byte)(bytes[i] ^ (1 << (Value % 8))), .. bytes[(i + 1)..]],
                MutationKind.Insert => [.. bytes[..i], Value, .. bytes[i..]],
                MutationKind.Delete => [.. bytes[..i], .. bytes[(i + 1)..]],
                _ => bytes[..i],
            };
        }
    }
}

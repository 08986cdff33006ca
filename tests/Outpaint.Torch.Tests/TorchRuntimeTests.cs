using System.Runtime.InteropServices;
using Outpaint.Torch.Native;

namespace Outpaint.Torch.Tests;

public partial class TorchRuntimeTests
{
    static TorchRuntimeTests() => BridgeLibrary.ResolveFor(typeof(TorchRuntimeTests).Assembly);

    [Fact]
    public void The_version_is_one_that_is_supported() =>
        Assert.InRange(new Version(TorchRuntime.Version.Split('+', 'a')[0]), new Version(1, 13), new Version(3, 0));

    [Fact]
    public void Bf16_is_fast_on_a_processor_that_lists_matrix_instructions_for_it_and_never_on_a_gpu_that_is_not_there()
    {
        if (!TorchRuntime.HasCuda)
            Assert.False(TorchRuntime.IsFastInBf16(Device.Cuda));
        if (OperatingSystem.IsLinux())
            Assert.Equal(File.ReadAllText("/proc/cpuinfo").Contains("amx_bf16"), TorchRuntime.IsFastInBf16(Device.Cpu));
    }

    [Fact]
    public void The_same_seed_gives_the_same_samples()
    {
        float[] Sample(ulong seed)
        {
            TorchRuntime.Seed(seed);
            return Tensor.Randn([100]).ToArray<float>();
        }

        Assert.Equal(Sample(7), Sample(7));
        Assert.NotEqual(Sample(7), Sample(8));
    }

    [Fact]
    public void A_restored_generator_goes_on_as_it_did()
    {
        _ = Tensor.Randn([3]);
        using Tensor state = TorchRuntime.GetRngState(Device.Cpu);
        float[] Sample() => [.. Tensor.Randn([17]).ToArray<float>(), .. Tensor.Rand([5]).ToArray<float>()];
        float[] expected = Sample();

        TorchRuntime.SetRngState(Device.Cpu, state);

        Assert.Equal(expected, Sample());
        Assert.Equal(DType.UInt8, state.DType);
    }

    [Fact]
    public void A_state_of_the_wrong_size_is_refused() =>
        Assert.Throws<TorchException>(() => TorchRuntime.SetRngState(Device.Cpu, Tensor.Zeros([3], DType.UInt8)));

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        int before = TorchRuntime.Threads;
        TorchRuntime.Threads = 2;
        Assert.Equal(2, TorchRuntime.Threads);
        TorchRuntime.Threads = before;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_number_of_threads_below_one_is_refused(int threads) =>
        Assert.Throws<TorchException>(() => TorchRuntime.Threads = threads);

    [Fact]
    public void A_device_that_does_not_exist_is_an_error() =>
        Assert.Throws<TorchException>(() => Tensor.Zeros([1], device: new Device(DeviceType.Cuda, 99)));

    [Fact]
    public void Without_a_gpu_its_free_memory_is_an_error()
    {
        if (!TorchRuntime.HasCuda)
            Assert.Equal("libtorch sees no GPU", Assert.Throws<TorchException>(() => TorchRuntime.FreeGpuMemory).Message);
    }

    [Fact]
    public void A_missing_native_library_says_what_to_run()
    {
        Assert.Equal(
            "The native library outpaint_absent is missing or does not load: run ./outpaint or ./test once, which builds it.",
            Assert.Throws<DllNotFoundException>(Absent).Message);
    }

    [Fact]
    public void A_native_library_that_does_not_load_says_why()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "liboutpaint_damaged.so");
        File.WriteAllBytes(file, [1]);

        string message = Assert.Throws<DllNotFoundException>(Damaged).Message;

        File.Delete(file);
        Assert.StartsWith($"The native library outpaint_damaged does not load ({file}: file too short): in a clone, run ./outpaint once", message);
        Assert.Contains("with the packages, install libtorch and libvips", message);
        Assert.DoesNotContain('\n', message);
    }

    [LibraryImport("outpaint_absent")]
    private static partial void Absent();

    [LibraryImport("outpaint_damaged")]
    private static partial void Damaged();
}

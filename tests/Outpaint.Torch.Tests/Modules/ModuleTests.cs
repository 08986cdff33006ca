using Outpaint.Torch.Modules;

namespace Outpaint.Torch.Tests.Modules;

public class ModuleTests
{
    [Fact]
    public void Names_join_with_dots_in_the_order_of_creation()
    {
        using Network network = new();

        Assert.Equal(
            ["scale", "first.weight", "first.bias", "rest.0.conv.weight", "rest.0.conv.bias", "rest.2.weight", "rest.2.bias"],
            network.NamedParameters().Select(entry => entry.Name));
        Assert.Equal(["mean", "rest.0.u"], network.NamedBuffers().Select(entry => entry.Name));
        Assert.Equal(9, network.StateDict().Count);
        Assert.All(network.Parameters(), parameter => Assert.True(parameter.RequiresGrad));
        Assert.All(network.NamedBuffers(), entry => Assert.False(entry.Tensor.RequiresGrad));
    }

    [Fact]
    public void A_state_dict_loads_into_another_network_of_the_same_shape()
    {
        using Network source = new(), target = new();

        target.LoadStateDict(source.StateDict().ToDictionary(entry => entry.Key, entry => entry.Value.To(DType.Float64)));

        Assert.All(source.StateDict(), entry =>
        {
            Assert.Equal(entry.Value.ToArray<float>(), target.StateDict()[entry.Key].ToArray<float>());
            Assert.NotSame(entry.Value, target.StateDict()[entry.Key]);
        });
    }

    [Fact]
    public void A_state_of_another_network_is_refused_and_changes_nothing()
    {
        using Network network = new();
        float[] before = network.StateDict()["scale"].ToArray<float>();
        Dictionary<string, Tensor> State() => network.StateDict().ToDictionary(entry => entry.Key, entry => Tensor.Zeros(entry.Value.Shape));

        Dictionary<string, Tensor> lacking = State(), extended = State(), misshapen = State();
        foreach (string name in new[] { "mean", "first.weight", "first.bias", "rest.0.u" })
            lacking.Remove(name);
        extended["head.weight"] = Tensor.Zeros([1]);
        misshapen["mean"] = Tensor.Zeros([1]);

        Assert.Equal(
            "The weights lack first.weight, first.bias, mean and 1 more; they belong to another network.",
            Assert.Throws<StateDictException>(() => network.LoadStateDict(lacking)).Message);
        Assert.Equal(
            "The network has no head.weight; these weights belong to another one.",
            Assert.Throws<StateDictException>(() => network.LoadStateDict(extended)).Message);
        Assert.Equal("mean is [2] here but [1] in the weights.", Assert.Throws<StateDictException>(() => network.LoadStateDict(misshapen)).Message);
        Assert.Equal(before, network.StateDict()["scale"].ToArray<float>());

        network.LoadStateDict(extended, ignoreUnknown: true);
        Assert.Equal([0f], network.StateDict()["scale"].ToArray<float>());
    }

    [Fact]
    public void Moving_keeps_the_tensors_identity_and_orders_kernels_only()
    {
        using Network network = new();
        Tensor kernel = network.StateDict()["first.weight"];
        float[] values = kernel.ToArray<float>();

        network.To(Device.Cpu, MemoryFormat.ChannelsLast);
        Assert.Same(kernel, network.StateDict()["first.weight"]);
        Assert.True(kernel.IsContiguous(MemoryFormat.ChannelsLast));
        Assert.False(kernel.IsContiguous());
        Assert.Equal(values, kernel.ToArray<float>());
        Assert.True(kernel.RequiresGrad);

        network.To(Device.Cpu);
        Assert.False(kernel.IsContiguous());
        network.To(Device.Cpu, MemoryFormat.Contiguous);
        Assert.True(kernel.IsContiguous());
    }

    [Fact]
    public void Training_mode_and_freezing_reach_the_children()
    {
        using Network network = new();

        network.Train(false);
        Assert.False(network.First.IsTraining);
        network.Train();
        Assert.True(network.First.IsTraining);

        network.SetRequiresGrad(false);
        Assert.All(network.Parameters(), parameter => Assert.False(parameter.RequiresGrad));
    }

    [Fact]
    public void Gradients_can_be_forgotten()
    {
        using Network network = new();
        network.Parameters()[0].Sum().Backward();
        Assert.NotNull(network.Parameters()[0].Grad);

        network.ZeroGrad();

        Assert.All(network.Parameters(), parameter => Assert.Null(parameter.Grad));
    }

    [Fact]
    public void A_module_owns_its_tensors_also_when_made_inside_scopes()
    {
        Network network;
        using (new TensorScope())
        using (new TensorScope())
            network = new Network();

        Tensor[] tensors = [.. network.StateDict().Values];
        Assert.All(tensors, tensor => Assert.NotEmpty(tensor.ToArray<float>()));
        network.Dispose();
        Assert.All(tensors, tensor => Assert.Throws<ObjectDisposedException>(() => tensor.Shape));
    }

    private sealed class Network : Module
    {
        public Network()
        {
            Parameter("scale", Tensor.Ones([1]));
            Buffer("mean", Tensor.Zeros([2]));
            First = Child("first", new Conv2d(3, 4, 3));
            Child("rest", new Sequential(new SpectralNormConv2d(new Conv2d(4, 4, 3)), Activation.Relu(), new Conv2d(4, 4, 1)));
        }

        public Conv2d First { get; }
    }
}

using Outpaint.Torch.Modules;

namespace Outpaint.Torch;

#pragma warning disable CA2225 // Add, Subtract and so on would be second names for the same thing.
public sealed unsafe partial class Tensor
{
    /// <summary>Element by element, broadcasting.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => Dispatcher.Call("add.Tensor", left, right);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor left, double right) => Dispatcher.Call("add.Scalar", left, right);

    /// <summary>Element by element, broadcasting.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => Dispatcher.Call("sub.Tensor", left, right);

    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor left, double right) => Dispatcher.Call("sub.Scalar", left, right);

    /// <summary>Subtracts every element from a number.</summary>
    public static Tensor operator -(double left, Tensor right) => Dispatcher.Call("rsub.Scalar", right, left);

    /// <summary>Negates every element.</summary>
    public static Tensor operator -(Tensor operand) => Dispatcher.Call("neg", operand);

    /// <summary>Element by element, broadcasting.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => Dispatcher.Call("mul.Tensor", left, right);

    /// <summary>Scales every element.</summary>
    public static Tensor operator *(Tensor left, double right) => Dispatcher.Call("mul.Scalar", left, right);

    /// <summary>Scales every element.</summary>
    public static Tensor operator *(double left, Tensor right) => right * left;

    /// <summary>Element by element, broadcasting.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => Dispatcher.Call("div.Tensor", left, right);

    /// <summary>Divides every element by a number.</summary>
    public static Tensor operator /(Tensor left, double right) => Dispatcher.Call("div.Scalar", left, right);

    /// <summary>Absolute values.</summary>
    public Tensor Abs() => Dispatcher.Call("abs", this);

    /// <summary>Squares.</summary>
    public Tensor Square() => Dispatcher.Call("mul.Tensor", this, this);

    /// <summary>Square roots.</summary>
    public Tensor Sqrt() => Dispatcher.Call("sqrt", this);

    /// <summary>Exponentials.</summary>
    public Tensor Exp() => Dispatcher.Call("exp", this);

    /// <summary>Hyperbolic tangents.</summary>
    public Tensor Tanh() => Dispatcher.Call("tanh", this);

    /// <summary>Values limited to a range.</summary>
    public Tensor Clamp(double minimum, double maximum) => Dispatcher.Call("clamp", this, minimum, maximum);

    /// <summary>Values below a bound raised to it.</summary>
    public Tensor ClampMin(double minimum) => Dispatcher.Call("clamp_min", this, minimum);

    /// <summary>Rounds to the nearest integers, halves to even.</summary>
    public Tensor Round() => Dispatcher.Call("round", this);

    /// <summary>Matrix product, batched over the leading dimensions.</summary>
    public Tensor MatMul(Tensor right) => Dispatcher.Call("matmul", this, right);

    /// <summary>max(0, x).</summary>
    public Tensor Relu() => Dispatcher.Call("relu", this);

    /// <summary>x where positive, else slope times x.</summary>
    public Tensor LeakyRelu(double slope = Activation.DefaultSlope) => Dispatcher.Call("leaky_relu", this, slope);

    /// <summary>log(1 + exp(x)), computed without overflow.</summary>
    public Tensor Softplus() => Dispatcher.Call("softplus", this);

    /// <summary>The mean of all elements, a scalar tensor.</summary>
    public Tensor Mean() => Dispatcher.Call("mean", this);

    /// <summary>The mean over some dimensions.</summary>
    public Tensor Mean(long[] dimensions, bool keepDimensions = false) => Dispatcher.Call("mean.dim", this, dimensions, keepDimensions);

    /// <summary>The sum of all elements, a scalar tensor.</summary>
    public Tensor Sum() => Dispatcher.Call("sum", this);

    /// <summary>The sum over some dimensions.</summary>
    public Tensor Sum(long[] dimensions, bool keepDimensions = false) => Dispatcher.Call("sum.dim_IntList", this, dimensions, keepDimensions);

    /// <summary>Adds scale * other to this tensor, in place, and returns it.</summary>
    public Tensor Add_(Tensor other, double scale = 1)
    {
        Dispatcher.CallInPlace("add_.Tensor", this, other, scale);
        return this;
    }

    /// <summary><see cref="LeakyRelu"/> in place; returns this tensor.</summary>
    public Tensor LeakyRelu_(double slope = Activation.DefaultSlope)
    {
        Dispatcher.CallInPlace("leaky_relu_", this, slope);
        return this;
    }

    /// <summary>Scales this tensor, in place.</summary>
    public void Mul_(double factor) => Dispatcher.CallInPlace("mul_.Scalar", this, factor);

    /// <summary>Sets every element, in place.</summary>
    public void Fill_(double value) => Dispatcher.CallInPlace("fill_.Scalar", this, value);

    /// <summary>Copies another tensor's elements into this one, converting and broadcasting.</summary>
    public void Copy_(Tensor source) => Dispatcher.CallInPlace("copy_", this, source);
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>
/// Calls any operator of libtorch by its name in <c>native_functions.yaml</c>, overload after a dot: <c>"conv2d"</c>,
/// <c>"add.Tensor"</c>. Trailing arguments that are left out take the schema's defaults.
/// </summary>
public static unsafe class Dispatcher
{
    private static readonly ConcurrentDictionary<string, nint> Operators = new();

    /// <summary>Calls an operator that returns one tensor.</summary>
    /// <exception cref="TorchException">There is no such operator, or it refused its arguments.</exception>
    public static Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        ReadOnlySpan<nint> results = Invoke(name, arguments);
        if (results.Length == 1 && results[0] != 0)
        {
            var result = new Tensor(results[0]);
            OperatorTrace.Report(name, arguments, result);
            return result;
        }

        ReleaseAll(results);
        throw new TorchException($"{name} did not return one tensor");
    }

    /// <summary>Calls an operator that returns several tensors, or a list of them.</summary>
    /// <exception cref="TorchException">There is no such operator, it refused its arguments, or not all results are tensors.</exception>
    public static Tensor[] CallMany(string name, params ReadOnlySpan<Argument> arguments)
    {
        ReadOnlySpan<nint> results = Invoke(name, arguments);
        if (results.Contains(0))
        {
            ReleaseAll(results);
            throw new TorchException($"{name} did not return tensors only");
        }

        var tensors = new Tensor[results.Length];
        for (int i = 0; i < tensors.Length; i++)
            tensors[i] = new Tensor(results[i]);
        return tensors;
    }

    /// <summary>Calls an operator for its effect, such as the in-place <c>_foreach_</c> family.</summary>
    /// <exception cref="TorchException">There is no such operator, or it refused its arguments.</exception>
    public static void CallInPlace(string name, params ReadOnlySpan<Argument> arguments) => ReleaseAll(Invoke(name, arguments));

    // The returned span is the bridge's thread-local storage: valid until this thread's next call.
    private static ReadOnlySpan<nint> Invoke(string name, ReadOnlySpan<Argument> arguments)
    {
        nint op = Operators.TryGetValue(name, out nint cached) ? cached : Find(name);
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        int bytes = 0;
        foreach (ref readonly Argument argument in arguments)
            bytes += ListBytes(argument);
        byte* lists = bytes == 0 ? null : (byte*)NativeMemory.Alloc((nuint)bytes);
        try
        {
            Marshal(arguments, values, lists);
            nint* results;
            int count;
            NativeMethods.Check(NativeMethods.ot_operator_call(op, values, arguments.Length, &results, &count));
            return new ReadOnlySpan<nint>(results, count);
        }
        finally
        {
            NativeMemory.Free(lists);
            foreach (ref readonly Argument argument in arguments)
                GC.KeepAlive(argument.Reference);
        }
    }

    private static nint Find(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        nint op = NativeMethods.ot_operator_find("aten::" + (dot < 0 ? name : name[..dot]), dot < 0 ? "" : name[(dot + 1)..]);
        NativeMethods.Check(op == 0 ? -1 : 0);
        return Operators.GetOrAdd(name, op);
    }

    // Lists and strings are copied to the given block; most calls have none.
    private static void Marshal(ReadOnlySpan<Argument> arguments, NativeValue* values, byte* lists)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            ref readonly Argument argument = ref arguments[i];
            values[i] = new NativeValue { Kind = argument.Kind, Integer = argument.Bits };
            if (argument.Kind == ArgumentKind.Tensor)
                values[i].Pointer = Unsafe.As<Tensor>(argument.Reference!).Handle;
            else if (argument.Reference is not null)
                (values[i].Pointer, values[i].Length) = ((nint)lists, Fill(argument.Reference, lists));
            lists += ListBytes(argument);
        }
    }

    private static int ListBytes(in Argument argument) => argument.Reference switch
    {
        long[] integers => integers.Length * sizeof(long),
        double[] reals => reals.Length * sizeof(double),
        bool[] truths => Aligned(truths.Length),
        Tensor?[] tensors => tensors.Length * sizeof(nint),
        string text => Aligned(Encoding.UTF8.GetByteCount(text)),
        _ => 0,
    };

    // The next list must start where its elements may lie.
    private static int Aligned(int bytes) => (bytes + 7) / 8 * 8;

    private static int Fill(object list, byte* destination)
    {
        switch (list)
        {
            case long[] integers:
                integers.CopyTo(new Span<long>(destination, integers.Length));
                return integers.Length;
            case double[] reals:
                reals.CopyTo(new Span<double>(destination, reals.Length));
                return reals.Length;
            case bool[] truths:
                truths.CopyTo(new Span<bool>(destination, truths.Length));
                return truths.Length;
            case Tensor?[] tensors:
                for (int i = 0; i < tensors.Length; i++)
                    ((nint*)destination)[i] = tensors[i]?.Handle ?? 0;
                return tensors.Length;
            default:
                string text = (string)list;
                return Encoding.UTF8.GetBytes(text, new Span<byte>(destination, Encoding.UTF8.GetByteCount(text)));
        }
    }

    private static void ReleaseAll(ReadOnlySpan<nint> results)
    {
        foreach (nint result in results)
            NativeMethods.ot_tensor_release(result);
    }
}

namespace Outpaint.Torch.Serialization;

/// <summary>The names of element types in safetensors headers.</summary>
internal static class SafetensorsDTypes
{
    // In the order in which the reference implementation lays out the data: wide types first, so that with an
    // aligned start every tensor is aligned to its element size.
    private static readonly (DType DType, string Name)[] Table =
    [
        (DType.Int64, "I64"),
        (DType.Float64, "F64"),
        (DType.Float32, "F32"),
        (DType.Int32, "I32"),
        (DType.BFloat16, "BF16"),
        (DType.Float16, "F16"),
        (DType.Int16, "I16"),
        (DType.Int8, "I8"),
        (DType.UInt8, "U8"),
        (DType.Bool, "BOOL"),
    ];

    /// <summary>All names, for error messages.</summary>
    public static string Known => string.Join(", ", Table.Select(row => row.Name));

    /// <summary>The position of a type's tensors in a file: lower comes first.</summary>
    public static int Rank(DType dtype) => Array.FindIndex(Table, row => row.DType == dtype);

    /// <summary>The header's name of a type.</summary>
    public static string Name(DType dtype) => Table[Rank(dtype)].Name;

    /// <summary>The type behind a header's name.</summary>
    public static bool TryParse(string name, out DType dtype)
    {
        int row = Array.FindIndex(Table, row => row.Name == name);
        dtype = row < 0 ? default : Table[row].DType;
        return row >= 0;
    }
}

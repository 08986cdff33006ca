namespace Outpaint.Torch;

/// <summary>Element types, numbered as in libtorch (c10::ScalarType).</summary>
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 0,
    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,
    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 2,
    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 3,
    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 4,
    /// <summary>IEEE half precision (1-5-10 bits).</summary>
    Float16 = 5,
    /// <summary>IEEE single precision.</summary>
    Float32 = 6,
    /// <summary>IEEE double precision.</summary>
    Float64 = 7,
    /// <summary>One byte, 0 or 1.</summary>
    Bool = 11,
    /// <summary>Brain floating point (1-8-7 bits).</summary>
    BFloat16 = 15,
}

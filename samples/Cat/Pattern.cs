namespace Cat;

/// <summary>What is generated.</summary>
internal enum Pattern
{
    /// <summary>As <c>head -c SIZE /dev/zero</c>.</summary>
    Zeros,

    /// <summary>As <c>yes | head -c SIZE</c>.</summary>
    Text,

    /// <summary>Bytes that no compressor shortens, but the same ones each time.</summary>
    Noise,
}

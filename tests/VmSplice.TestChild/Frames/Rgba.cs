namespace VmSplice.TestChild;

/// <summary>One pixel.</summary>
[Spliceable]
internal partial struct Rgba
{
    internal byte R, G, B, A;
}

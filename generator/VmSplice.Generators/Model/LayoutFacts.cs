namespace VmSplice.Generators.Model;

/// <summary>What a struct's declaration says of its layout.</summary>
/// <param name="Pack">The limit of alignment; 0 where not stated.</param>
/// <param name="Size">The least size; 0 where not stated.</param>
internal sealed record LayoutFacts(LayoutKinds Kind, int Pack, int Size)
{
    /// <summary>Of a struct without a <c>StructLayout</c> attribute.</summary>
    public static LayoutFacts Default { get; } = new(LayoutKinds.Sequential, 0, 0);

    public int Limit(int alignment) => Pack == 0 ? alignment : Math.Min(Pack, alignment);
}

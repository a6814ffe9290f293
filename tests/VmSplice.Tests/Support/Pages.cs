using VmSplice.Kernel;

namespace VmSplice.Tests.Support;

/// <summary>Page-aligned memory for the raw call, which the test answers for.</summary>
internal sealed unsafe class Pages(int count) : IDisposable
{
    private readonly PageMapping _mapping = PageMapping.Map((nuint)(count * Size), hugePages: false);

    internal static int Size => Environment.SystemPageSize;

    internal int Length => count * Size;

    internal nint Address => _mapping.Address;

    internal Span<byte> Bytes => new((void*)_mapping.Address, Length);

    internal IoVec All => new(Address, (nuint)Length);

    internal IoVec Part(int start, int length) => new(Address + start, (nuint)length);

    internal void Fill(long position) => StreamPattern.Fill(Bytes, position);

    public void Dispose() => _mapping.Dispose();
}

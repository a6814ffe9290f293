namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>Every way to write a count, a length and an address, followed to the call.</summary>
public sealed class SegmentFormsTests : FormsTests<SegmentFormsTests>, IForms
{
    private const string M = "unsafe void M(SafeHandle fd, List<IoVec> parts, byte* p, nuint size, nint raw, SpliceWriter w) ";
    private const string Pages = "var b = PageBuffer<byte>.Allocate(1 << 18); ";
    private const string Page = "nint page = Environment.SystemPageSize; ";

    public static Form[] Forms { get; } =
    [
        new("constant",
            M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, new IoVec(b.Address, {|VMS3002:100|}), SpliceFlags.Gift);
            }
            """,
            M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, new IoVec(b.Address, 65536), SpliceFlags.Gift);
            }
            """),
        new("const field",
            "const int Size = 3000; " + M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, new IoVec(b.Address, {|VMS3002:Size|}), SpliceFlags.Gift);
            }
            """,
            "const int Size = 1 << 16; " + M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, new IoVec(b.Address, Size), SpliceFlags.Gift);
            }
            """),
        new("const field of another class",
            "static class Sizes { public const int Count = 2000; } " + M + """
            {
                var list = new IoVec[Sizes.Count];
                _ = RawPipe.VmSplice(fd, {|VMS3003:list|});
            }
            """,
            "static class Sizes { public const int Count = 1000; } " + M + """
            { var list = new IoVec[Sizes.Count]; _ = RawPipe.VmSplice(fd, list); }
            """),
        new("const local",
            M + """
            {
                const int Count = 1025;
                Span<IoVec> list = stackalloc IoVec[Count];
                _ = RawPipe.VmSplice(fd, {|VMS3003:list|});
            }
            """,
            M + """
            {
                const int Count = 1024;
                Span<IoVec> list = stackalloc IoVec[Count];
                _ = RawPipe.VmSplice(fd, list);
            }
            """),
        new("stackalloc IoVec[n]",
            M + """
            {
                Span<IoVec> list = stackalloc IoVec[1100];
                _ = RawPipe.VmSplice(fd, {|VMS3003:list|});
            }
            """,
            M + """
            { Span<IoVec> list = stackalloc IoVec[110]; _ = RawPipe.VmSplice(fd, list); }
            """),
        new("stackalloc of a run-time size",
            M + """
            {
                Span<IoVec> list = stackalloc IoVec[parts.Count];
                _ = RawPipe.VmSplice(fd, {|VMS3004:list|});
            }
            """,
            M + """
            { Span<IoVec> list = stackalloc IoVec[Math.Min(parts.Count, 64)]; _ = RawPipe.VmSplice(fd, list); }
            """),
        new("collection expression",
            M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, [new IoVec(b.Address, 65536), new IoVec({|VMS3001:b.Address + 65536 + 8|}, 65536)], SpliceFlags.Gift);
            }
            """,
            M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, [new IoVec(b.Address, 65536), new IoVec(b.Address + 65536, 65536)], SpliceFlags.Gift);
            }
            """),
        new("collection expression in a variable",
            M + "{ " + Pages + """
            ReadOnlySpan<IoVec> list = [new IoVec(b.Address, {|VMS3002:65530|})];
            _ = RawPipe.VmSplice(fd, list, SpliceFlags.Gift);
            }
            """,
            M + "{ " + Pages + """
            ReadOnlySpan<IoVec> list = [new IoVec(b.Address, 65536)];
            _ = RawPipe.VmSplice(fd, list, SpliceFlags.Gift);
            }
            """),
        new("collection expression that spreads",
            M + """
            { _ = RawPipe.VmSplice(fd, {|VMS3004:[new IoVec(p, 1), .. parts]|}); }
            """,
            M + """
            {
                _ = RawPipe.VmSplice(fd, [new IoVec(p, 1), .. CollectionsMarshal.AsSpan(parts)[..Math.Min(parts.Count, 8)]]);
            }
            """),
        new("span of known length",
            M + """
            {
                var list = new IoVec[4000];
                _ = RawPipe.VmSplice(fd, {|VMS3003:list.AsSpan(0, 2000)|});
            }
            """,
            M + """
            { var list = new IoVec[4000]; _ = RawPipe.VmSplice(fd, list.AsSpan(0, 1000)); }
            """),
        new("range of a span",
            M + """
            {
                Span<IoVec> list = new IoVec[4000];
                _ = RawPipe.VmSplice(fd, {|VMS3003:list[100..2000]|});
            }
            """,
            M + """
            { Span<IoVec> list = new IoVec[4000]; _ = RawPipe.VmSplice(fd, list[100..1000]); }
            """),
        new("loop with a known bound",
            M + """
            {
                Span<IoVec> list = stackalloc IoVec[2000];
                int n = 0;
                for (; n < 1500; n++) { list[n] = new IoVec(p + n, 1); }
                _ = RawPipe.VmSplice(fd, {|VMS3003:list[..n]|});
            }
            """,
            M + """
            {
                Span<IoVec> list = stackalloc IoVec[2000];
                int n = 0;
                for (; n < 150; n++) { list[n] = new IoVec(p + n, 1); }
                _ = RawPipe.VmSplice(fd, list[..n]);
            }
            """),
        new("loop that fills",
            M + "{ " + Pages + """
            Console.WriteLine(b);
            Span<IoVec> list = stackalloc IoVec[4];
            for (int i = 0; i < list.Length; i++)
            {
                list[i] = new IoVec({|VMS3001:b.Address + i * 65536 + 16|}, 65536);
            }
            _ = RawPipe.VmSplice(fd, list, SpliceFlags.Gift);
            }
            """,
            M + "{ " + Pages + """
            Console.WriteLine(b);
            Span<IoVec> list = stackalloc IoVec[4];
            for (int i = 0; i < list.Length; i++) { list[i] = new IoVec(b.Address + i * 65536, 65536); }
            _ = RawPipe.VmSplice(fd, list, SpliceFlags.Gift);
            }
            """),
        new("Math.Min",
            M + """
            {
                _ = RawPipe.VmSplice(fd, {|VMS3004:CollectionsMarshal.AsSpan(parts)[..Math.Min(2048, parts.Count)]|});
            }
            """,
            M + """
            { _ = RawPipe.VmSplice(fd, CollectionsMarshal.AsSpan(parts)[..Math.Min(1024, parts.Count)]); }
            """),
        new("Math.Min of the constant",
            M + """
            { _ = RawPipe.VmSplice(fd, {|VMS3004:CollectionsMarshal.AsSpan(parts)|}); }
            """,
            M + """
            {
                _ = RawPipe.VmSplice(fd, CollectionsMarshal.AsSpan(parts)[..int.Min(parts.Count, RawPipe.IovMax)]);
            }
            """),
        new("comparison",
            M + """
            {
                if (parts.Count > 2000) { return; }
                _ = RawPipe.VmSplice(fd, {|VMS3004:CollectionsMarshal.AsSpan(parts)|});
            }
            """,
            M + """
            {
                if (parts.Count > 1000) { return; }
                _ = RawPipe.VmSplice(fd, CollectionsMarshal.AsSpan(parts));
            }
            """),
        new("mask of an address",
            M + "{ " + Page + """
            nint up = (raw + page - 1) & ~(page - 1);
            _ = RawPipe.VmSplice(fd, new IoVec({|VMS3001:up + 8|}, 65536), SpliceFlags.Gift);
            }
            """,
            M + "{ " + Page + """
            nint up = (raw + page - 1) & ~(page - 1);
            _ = RawPipe.VmSplice(fd, new IoVec(up, 65536), SpliceFlags.Gift);
            }
            """),
        new("mask in one expression",
            M + """
            {
                nint up = raw & ~(Environment.SystemPageSize - 1);
                _ = RawPipe.VmSplice(fd, new IoVec({|VMS3001:up + 24|}, 65536), SpliceFlags.Gift);
            }
            """,
            M + """
            {
                nint up = raw & ~(Environment.SystemPageSize - 1);
                _ = RawPipe.VmSplice(fd, new IoVec(up, 65536), SpliceFlags.Gift);
            }
            """),
        new("mask of a length",
            M + "{ " + Pages + Page + """
            nuint up = (size + (nuint)page - 1) & ~((nuint)page - 1);
            _ = RawPipe.VmSplice(fd, new IoVec(b.Address, {|VMS3002:up + 1|}), SpliceFlags.Gift);
            }
            """,
            M + "{ " + Pages + Page + """
            nuint up = (size + (nuint)page - 1) & ~((nuint)page - 1);
            _ = RawPipe.VmSplice(fd, new IoVec(b.Address, up), SpliceFlags.Gift);
            }
            """),
        new("offset of aligned memory",
            M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, new IoVec({|VMS3001:b.Address + 128|}, 65536), SpliceFlags.Gift);
            }
            """,
            M + "{ " + Pages + """
            _ = RawPipe.VmSplice(fd, new IoVec(b.Address + 2 * Environment.SystemPageSize, 65536), SpliceFlags.Gift);
            }
            """),
        new("offset of a pointer to larger elements",
            M + "{ " + Pages + """
            long* q = (long*)b.Address;
            _ = RawPipe.VmSplice(fd, new IoVec({|VMS3001:q + 3|}, 65536), SpliceFlags.Gift);
            }
            """,
            M + "{ " + Pages + """
            long* q = (long*)b.Address;
            _ = RawPipe.VmSplice(fd, new IoVec(q + 8192, 65536), SpliceFlags.Gift);
            }
            """),
        new("slice of aligned memory",
            M + "{ " + Pages + """
            fixed (byte* q = b.Span.Slice(64))
            {
                _ = RawPipe.VmSplice(fd, new IoVec({|VMS3001:q|}, 65536), SpliceFlags.Gift);
            }
            }
            """,
            M + "{ " + Pages + """
            fixed (byte* q = b.Span.Slice(65536))
            {
                _ = RawPipe.VmSplice(fd, new IoVec(q, 65536), SpliceFlags.Gift);
            }
            }
            """),
        new("range of aligned memory",
            M + "{ " + Pages + """
            fixed (byte* q = b.Span[64..])
            {
                _ = RawPipe.VmSplice(fd, new IoVec({|VMS3001:q|}, 65536), SpliceFlags.Gift);
            }
            }
            """,
            M + "{ " + Pages + """
            fixed (byte* q = b.Span[65536..])
            {
                _ = RawPipe.VmSplice(fd, new IoVec(q, 65536), SpliceFlags.Gift);
            }
            }
            """),
        new("length of a rented buffer", M + "{ var r = w.Rent<byte>(100); w.Gift({|VMS3002:r|}); }",
            M + "{ var r = w.Rent<byte>(Environment.SystemPageSize); w.Gift(r); }"),
        new("overlap by an offset",
            M + """
            { _ = RawPipe.VmSplice(fd, {|VMS3006:[new IoVec(p, 64), new IoVec(p + 32, 64)]|}); }
            """,
            M + """
            { _ = RawPipe.VmSplice(fd, [new IoVec(p, 64), new IoVec(p + 64, 64)]); }
            """),
        new("alignment that nothing proves",
            M + """
            { _ = RawPipe.VmSplice(fd, {|VMS3007:new IoVec(p, 65536)|}, SpliceFlags.Gift); }
            """,
            M + "{ _ = RawPipe.VmSplice(fd, new IoVec(p, 65536), SpliceFlags.None); }"),
    ];
}

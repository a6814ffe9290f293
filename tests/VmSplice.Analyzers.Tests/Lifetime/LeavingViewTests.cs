using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>Views that leave the method that ends their memory, helpers that hand out records, and properties that compute views.</summary>
public sealed class LeavingViewTests
{
    [Theory]
    [InlineData("Span<int> M() { using PageBuffer<int> b = w.Rent<int>(4); return [|b.Span|]; }")]
    [InlineData("Span<int> M() { using var b = w.Rent<int>(4); var view = b.Span[1..]; view[0] = 1; return [|view|]; }")]
    [InlineData("Memory<int> M() { using (var b = w.Rent<int>(4)) { return [|b.Memory|]; } }")]
    [InlineData("ref int M() { using var b = w.Rent<int>(4); return ref [|b.Span[0]|]; }")]
    [InlineData("Span<int> M() { var b = w.Rent<int>(4); var view = b.Span; w.Send(b); return [|view|]; }")]
    [InlineData("Span<int> M() { var b = w.Rent<int>(4); var view = b.Span; b.Dispose(); return [|view|]; }")]
    [InlineData("ReadOnlySpan<int> M(bool c) { using var b = w.Rent<int>(4); if (c) { return default; } return [|b.Span|]; }")]
    [InlineData("async Task<Memory<int>> M() { using var b = w.Rent<int>(4); await Task.Yield(); return [|b.Memory|]; }")]
    public Task ViewOfWhatIsGone_Reported(string member) => Lifetimes.Verify("VMS2002", Class(member));

    [Theory]
    [InlineData("Span<int> M(PageBuffer<int> b) => b.Span;")]
    [InlineData("int M() { using var b = w.Rent<int>(4); return b.Span[0]; }")]
    [InlineData("int[] M() { using var b = w.Rent<int>(4); return b.Span.ToArray(); }")]
    [InlineData("PageBuffer<int> M() { var b = w.Rent<int>(4); b.Span.Clear(); return b; }")]
    [InlineData("Span<int> M(PageBuffer<int> b, bool c) { var view = b.Span; if (c) { return view; } w.Send(b); return default; }")]
    [InlineData("Span<int> M(bool c) { var b = w.Rent<int>(4); if (c) { b.Dispose(); return default; } _kept = b; return b.Span; }")]
    [InlineData("Memory<int> M() { _kept = w.Rent<int>(4); return _kept.Memory; }")]
    [InlineData("string M() { using var b = w.Rent<int>(4); return $\"{b.Span[0]} at {b.Address}\"; }")]
    public Task ViewOfWhatLives_Silent(string member) => Lifetimes.Verify("VMS2002", Class(member));

    [Theory]
    [InlineData("ReadOnlySpan<Tick> M(SpliceReader r) { using var batches = Tick.CreateReader(r); return [|batches.ReadBatch()|]; }")]
    [InlineData("ReadOnlySpan<Tick> M(RecordReader<Tick> batches) { var first = batches.ReadBatch(); batches.ReadBatch(); return [|first|]; }")]
    [InlineData("ref Tick M(RecordWriter<Tick> records) { ref Tick t = ref records.Next(); records.Flush(); return ref [|t|]; }")]
    [InlineData("void M(RecordWriter<Tick> records) { ref Tick t = ref Slot(records); records.Flush(); [|t.Time|] = 1; }")]
    [InlineData("void M(RecordWriter<Tick> records) { ref Tick t = ref Slot(records); ref Tick u = ref Slot(records); u.Time = 1; [|t.Time|] = 2; }")]
    [InlineData("void M(RecordWriter<Tick> records) { Span<Tick> s = Slots(records); records.Advance(1); [|s[0]|] = default; }")]
    [InlineData("void M(RecordWriter<Tick> records) { ref Tick t = ref records.Next(); records.Flush(); Console.WriteLine([|t|].ToString()); }")]
    public Task RecordOfTheRoundBefore_Reported(string member) => Lifetimes.Verify("VMS2003", Class(member));

    [Theory]
    [InlineData("ReadOnlySpan<Tick> M(RecordReader<Tick> batches) => batches.ReadBatch();")]
    [InlineData("void M(RecordWriter<Tick> records) { ref Tick t = ref Slot(records); t.Time = 1; t = ref Slot(records); t.Time = 2; records.Flush(); }")]
    [InlineData("void M(RecordWriter<Tick> records) { Span<Tick> s = Slots(records); s[0].Time = 1; records.Advance(1); }")]
    [InlineData("void M(RecordWriter<Tick> records) { ref Tick t = ref records.Next(); Console.WriteLine(t.ToString()); records.Flush(); }")]
    public Task RecordOfThisRound_Silent(string member) => Lifetimes.Verify("VMS2003", Class(member));

    [Theory]
    [InlineData("void M() { w.Send(_kept); [|View[0]|] = 1; _kept = default; }")]
    [InlineData("void M() { Span<int> s = View; w.Send(_kept); [|s[0]|] = 1; _kept = default; }")]
    [InlineData("void M() { Span<int> s = Half(); w.Send(_kept); [|s[0]|] = 1; _kept = default; }")]
    public Task PropertyThatComputesTheView_Reported(string member) => Lifetimes.Verify("VMS2001", Class(member));

    [Theory]
    [InlineData("void M() { View[0] = 1; w.Send(_kept); _kept = default; }")]
    [InlineData("void M() { w.Send(_kept); _kept = w.Rent<int>(4); View[0] = 1; }")]
    public Task PropertyThatComputesTheView_Silent(string member) => Lifetimes.Verify("VMS2001", Class(member));

    [Theory]
    [InlineData(
        """
        void M()
        {
            using PageBuffer<byte> [|b = PageBuffer<byte>.Allocate(65536)|];
            if (RawPipe.VmSplice(pipe, new IoVec(b.Address, 65536), SpliceFlags.Gift) != 65536)
            {
                throw new IOException();
            }
        }
        """)]
    [InlineData(
        """
        void M()
        {
            PageBuffer<byte> b = PageBuffer<byte>.Allocate(65536);
            long n = RawPipe.VmSplice(pipe, new IoVec(b.Address, 65536), SpliceFlags.None);
            if (n != 65536) { throw new IOException(); }
            [|b.Dispose()|];
        }
        """)]
    public Task PagesDisposedWhileInFlight_Reported(string member) => Lifetimes.Verify("VMS2007", Class(member));

    [Theory]
    [InlineData(
        """
        void M(SpliceReader r)
        {
            using var b = PageBuffer<byte>.Allocate(65536);
            long n = RawPipe.VmSplice(pipe, new IoVec(b.Address, 65536), SpliceFlags.None);
            Check(n);
            r.ReadExactly(new byte[65536]);
        }
        """)]
    [InlineData("void M() { using var b = PageBuffer<byte>.Allocate(65536); w.Gift(b); }")]
    public Task PagesDisposedLater_Silent(string member) => Lifetimes.Verify("VMS2007", Class(member));

    [Theory]
    [InlineData("ValueTask M(byte[] a) { ValueTask t = w.WriteAsync(a); [|a[0]|] = 1; return t; }")]
    [InlineData("async Task M(Stream s) { var b = w.Rent<byte>(64); Task<int> t = s.ReadAsync(b.Memory).AsTask(); w.Send([|b|]); await t; }")]
    public Task MemoryOfATask_Reported(string member) => Lifetimes.Verify("VMS2004", Class(member));

    [Theory]
    [InlineData("async Task M(byte[] a) { ValueTask t = w.WriteAsync(a); await t; a[0] = 1; }")]
    [InlineData("async Task M(Stream s) { var b = w.Rent<byte>(64); await s.ReadExactlyAsync(b.Memory); w.Send(b); }")]
    [InlineData("void M(Stream s) { var b = w.Rent<byte>(64); s.ReadExactlyAsync(b.Memory).AsTask().Wait(); w.Send(b); }")]
    public Task MemoryOfATaskThatEnded_Silent(string member) => Lifetimes.Verify("VMS2004", Class(member));

    [Theory]
    [InlineData("void M() { var b = w.Rent<int>(4); w.Send(b); Console.WriteLine([|b[0]|].ToString()); }")]
    public Task MethodOfAnElement_Reported(string member) => Lifetimes.Verify("VMS2002", Class(member));

    [Theory]
    [InlineData("void M() { var b = w.Rent<int>(4); Span<int> rest = b.Span; Put(ref rest, 1); w.Send(b); Put(ref [|rest|], 2); }")]
    [InlineData("void M() { var b = w.Rent<int>(4); ref PageBuffer<int> s = ref b; w.Send(s); [|b[0]|] = 1; }")]
    public Task ByReference_Reported(string member) => Lifetimes.Verify("VMS2001", Class(member));

    [Theory]
    [InlineData("void M() { var b = w.Rent<int>(4); Span<int> rest = b.Span; Put(ref rest, 1); Put(ref rest, 2); w.Send(b); }")]
    [InlineData("void M() { var b = w.Rent<int>(4); Span<int> rest = b.Span; w.Send(b); Renew(ref rest); Put(ref rest, 2); }")]
    [InlineData("void M() { var b = w.Rent<int>(4); ref PageBuffer<int> s = ref b; s[0] = 1; w.Send(s); }")]
    [InlineData("void M() { var b = w.Rent<int>(4); ref PageBuffer<int> s = ref b; w.Send(s); s = w.Rent<int>(4); s[0] = 1; w.Send(b); }")]
    public Task ByReference_Silent(string member) => Lifetimes.Verify("VMS2001", Class(member));

    [Theory]
    [InlineData(
        """
        unsafe void M(Box box)
        {
            fixed (int* p = &box.Value)
            {
                if ([|RawPipe.VmSplice(pipe, new IoVec(p, 4), SpliceFlags.None)|] != 4)
                {
                    throw new IOException();
                }
            }
        }
        """)]
    public Task FixedMemoryOfAnObject_Reported(string member) => Lifetimes.Verify("VMS2006", Class(member));

    private static string Class(string member) => $$"""
        using System.Runtime.InteropServices;

        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        public class Subject(SpliceWriter w, SafeHandle pipe)
        {
            private PageBuffer<int> _kept;
            private Span<int> View => _kept.Span;
            private Span<int> Half() => _kept.Span[2..];
            private static ref Tick Slot(RecordWriter<Tick> records) => ref records.Next();
            private static Span<Tick> Slots(RecordWriter<Tick> records) { return records.GetSpan(4); }
            private static void Check(long sent) { if (sent != 65536) { throw new IOException(); } }
            private static void Put(ref Span<int> rest, int value) { rest[0] = value; rest = rest[1..]; }
            private static int First(in Span<int> rest) => rest.Length;
            private static void Renew(ref Span<int> rest) => rest = new int[4];
            public sealed class Box { public int Value; }
            public SafeHandle Pipe => pipe;
            public SpliceWriter Writer => w;
            public {{member}}
        }
        """;
}

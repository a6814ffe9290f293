namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>The mistakes that are measured: for each rule of VMS2xxx at warning or error one at least.</summary>
internal static class Kernels
{
    private const string Buffer = "PageBuffer<int>";
    private const string Writer = "RecordWriter<Tick>";

    /// <summary>The user's own vmsplice(2), which takes all or is an exception.</summary>
    private const string RawCall = "if (Libc.vmsplice(1, [new iovec { iov_base = ADDRESS, iov_len = 64 }], 1, 0) != 64) { throw new IOException(); }";

    /// <summary>Who has the buffer has what becomes of it: these hand it to somebody.</summary>
    private static readonly string[] s_handedOn =
    [
        "field", "static field", "property", "property over a field", "structure", "object", "array element", "list element by variable",
        "helper in a structure's field", "foreach",
    ];

    /// <summary>What is sent on one path alone is left behind on the other, repaired or not.</summary>
    private static readonly string[] s_onSomePath = ["conditional expression", "if", "if on some path", "flag", "switch"];

    /// <summary>Who has the writer under another kind of name may complete it: the rule says nothing then, and its page says so.</summary>
    private static readonly string[] s_named = ["tuple", "deconstruction", "conditional expression", "pattern", "result of a helper"];

    /// <summary>Where something is waited for, the reader may have read: the rules of the raw call say nothing then, and their pages say so.</summary>
    private static readonly string[] s_waiting = ["await", "asynchronous helper"];

    public static IReadOnlyList<Kernel> All { get; } =
    [
        new("write after send", "VMS2001", Buffer, "w.Send(B);") { Misuse = "B.Span[0] = 1;" },
        new("write through memory after gift", "VMS2001", Buffer, "w.Gift(B);")
        {
            Make = "w.Rent<int>(Environment.SystemPageSize)", Prepare = "Memory<int> m = B.Memory;", Misuse = "m.Span[0] = 1;",
        },
        new("write in flight", "VMS2001", "nint", Raw("B")) { Make = "Marshal.AllocHGlobal(64)", Misuse = "Marshal.WriteByte(B, 1);",
            Without = [.. s_waiting, "using"] },
        new("read after send", "VMS2002", Buffer, "w.Send(B);") { Misuse = "Console.WriteLine(B[0]);" },
        new("record used after flush", "VMS2003", Writer, "B.Flush();")
        {
            Make = "Tick.CreateWriter(w)", Prepare = "Memory<Tick> m = B.GetMemory(1);", Misuse = "m.Span[0].Price = 1;", End = "B.Complete();",
        },
        new("stack memory", "VMS2005", "nint", Raw("B"))
        {
            MakeInto = "unsafe { byte* q = stackalloc byte[64]; B = (nint)q; }", RepairedMake = "Marshal.AllocHGlobal(64)", Named = MistakePart.Act,
            IsMadeHere = true, Without = ["using", "foreach"],
        },
        new("array without a pin", "VMS2006", "byte[]", Raw("Marshal.UnsafeAddrOfPinnedArrayElement(B, 0)"))
        {
            Make = "new byte[64]", RepairedMake = "GC.AllocateArray<byte>(64, pinned: true)", Named = MistakePart.Act, IsMadeHere = true,
            Without = ["using", "foreach"],
        },
        new("freed in flight", "VMS2007", "nint", Raw("B")) { Make = "Marshal.AllocHGlobal(64)", Misuse = "Marshal.FreeHGlobal(B);", IsOnlyOnce = true,
            Without = [.. s_waiting, "using", "if on some path", "conditional expression"] },
        new("pooled array returned in flight", "VMS2007", "byte[]", Raw("Marshal.UnsafeAddrOfPinnedArrayElement(B, 0)"))
        {
            MakeInto = "B = ArrayPool<byte>.Shared.Rent(64);", RepairedMake = "GC.AllocateArray<byte>(64, pinned: true)",
            Misuse = "ArrayPool<byte>.Shared.Return(B);", IsOnlyOnce = true, IsMadeHere = true,
            Without = [.. s_waiting, "using", "if on some path", "conditional expression", "foreach"],
        },
        new("sent twice", "VMS2008", Buffer, "w.Send(B);") { Misuse = "w.Send(B);", IsOnlyOnce = true },
        new("kept in a field after send", "VMS2009", Buffer, "w.Send(B);")
        {
            Members = "private PageBuffer<int> _kept;", Prepare = "_kept = B;", Repair = "_kept = default;", Named = MistakePart.Act,
        },
        new("borrowed and sent", "VMS2011", Buffer, "w.Send(B);") { RepairedAct = "Console.WriteLine(B[0]);", Annotation = "Borrows",
            Named = MistakePart.Parameter },
        new("write to frozen pages", "VMS2012", Buffer, "Frozen = B.Freeze();")
        {
            Members = "private static FrozenPages<int>? Frozen { get; set; }", Prepare = "Memory<int> m = B.Memory;", Misuse = "m.Span[0] = 1;",
        },
        new("left behind", "VMS2013", Buffer, "B[0] = 1;") { Repair = "w.Send(B);", Named = MistakePart.Make, IsMadeHere = true,
            Without = [.. s_handedOn, .. s_onSomePath, "using"] },
        new("never completed", "VMS2014", Writer, "B.Next().Price = 1;")
        {
            Make = "Tick.CreateWriter(w)", Repair = "B.Complete();", Named = MistakePart.Make, IsMadeHere = true, IsDisposedHere = true,
            Without = [.. s_handedOn, .. s_named],
        },
        new("record filled in a copy", "VMS2015", Writer, "{ Tick tick = B.Next(); tick.Price = 1; }")
        {
            Make = "Tick.CreateWriter(w)", RepairedAct = "{ ref Tick tick = ref B.Next(); tick.Price = 1; }", End = "B.Complete();", Named = MistakePart.Act,
        },
        new("batch kept in a list", "VMS2016", "RecordReader<Tick>", "B.ReadBatch();")
        {
            Make = "new RecordReader<Tick>(Input)",
            Members = """
            private static SpliceReader Input { get; set; } = null!;
            private static readonly List<ReadOnlyMemory<Tick>> s_kept = [];
            """,
            Prepare = "s_kept.Add(B.ReadBatchAsync().AsTask().Result);", RepairedPrepare = "s_kept.Add(B.ReadBatchAsync().AsTask().Result.ToArray());",
            Named = MistakePart.Prepare,
        },
    ];

    private static string Raw(string address) => RawCall.Replace("ADDRESS", address, StringComparison.Ordinal);
}

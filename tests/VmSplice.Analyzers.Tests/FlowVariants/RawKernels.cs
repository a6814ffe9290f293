namespace VmSplice.Analyzers.Tests.FlowVariants;

/// <summary>The mistakes of VMS3xxx and VMS4xxx: how the raw call, and what goes with it, is made.</summary>
internal static class RawKernels
{
    private const string Pipe = "private static SafeHandle Pipe { get; set; } = null!;";

    /// <summary>
    /// Values are followed inside one method, in tuples and structures too, and through the result of a helper: the pages of these rules say so.
    /// </summary>
    private static readonly string[] s_elsewhere =
    [
        "using", "object", "array element", "list element by variable", "foreach", "pattern",
        "helper in the class", "helper of a helper", "helper in a structure's field", "helper by in", "asynchronous helper",
    ];

    public static IReadOnlyList<Kernel> All { get; } =
    [
        new("gift that starts inside a page", "VMS3001", "nint", Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 65536)], SpliceFlags.Gift)", "65536"))
        {
            Members = Pipe, MakeInto = $"unsafe {{ {Aligned} B = (nint)(q + 8); }}", RepairedMakeInto = $"unsafe {{ {Aligned} B = (nint)q; }}",
            Named = MistakePart.Act, IsMadeHere = true, Without = s_elsewhere,
        },
        new("gift of a part of a page", "VMS3002", "int",
            "unsafe { " + Aligned + Checked("RawPipe.VmSplice(Pipe, [new IoVec(q, (nuint)B)], SpliceFlags.Gift)", "B") + " }")
        {
            Members = Pipe, Make = "100", RepairedMake = "65536", Named = MistakePart.Act, IsMadeHere = true, Without = s_elsewhere,
        },
        new("too many segments", "VMS3003", "IoVec[]", Checked("RawPipe.VmSplice(Pipe, B)", "64"))
        {
            Members = Pipe, Make = "new IoVec[2000]", RepairedMake = "new IoVec[4]", Named = MistakePart.Act, IsMadeHere = true, Without = s_elsewhere,
        },
        new("segments of any number", "VMS3004", "IoVec[]", Checked("RawPipe.VmSplice(Pipe, B)", "64"))
        {
            Members = Pipe, Make = "[]", RepairedAct = "if (B.Length <= 1024) { " + Checked("RawPipe.VmSplice(Pipe, B)", "64") + " }", Named = MistakePart.Act,
            Without = [.. s_elsewhere, "structure", "tuple", "local", "for", "field", "static field", "property", "property over a field"],
        },
        new("page size as a number", "VMS3005", "nint", Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 4096)], SpliceFlags.Gift)", "4096"))
        {
            Members = Pipe, MakeInto = $"unsafe {{ {Aligned} B = (nint)q; }}", IsMadeHere = true, Without = s_elsewhere, Named = MistakePart.Act,
            RepairedAct = Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, (nuint)Environment.SystemPageSize)], SpliceFlags.Gift)", "Environment.SystemPageSize"),
        },
        new("segments that overlap", "VMS3006", "nint", Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 64), new IoVec(B + 32, 64)])", "128"))
        {
            Members = Pipe, Make = "Marshal.AllocHGlobal(128)",
            RepairedAct = Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 64), new IoVec(B + 64, 64)])", "128"), Named = MistakePart.Act,
            Without = [.. s_elsewhere, "conditional expression"],
        },
        new("result ignored", "VMS4001", "nint", "RawPipe.VmSplice(Pipe, [new IoVec(B, 64)]);")
        {
            Members = Pipe, Make = "Marshal.AllocHGlobal(64)", RepairedAct = Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 64)])", "64"),
            Named = MistakePart.Act, Without = ["using"],
        },
        new("asynchronous send that nobody awaits", "VMS4001", "PageBuffer<int>", "w.SendAsync(B);") { RepairedAct = "w.SendAsync(B).AsTask().Wait();",
            Named = MistakePart.Act },
        new("short transfer", "VMS4002", "nint", "if (RawPipe.VmSplice(Pipe, [new IoVec(B, 64)]) < 0) { throw new IOException(); }")
        {
            Members = Pipe, Make = "Marshal.AllocHGlobal(64)", RepairedAct = Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 64)])", "64"),
            Named = MistakePart.Act, Without = ["using"],
        },
        new("begun anew after a short transfer", "VMS4002", "nint", "while (RawPipe.VmSplice(Pipe, [new IoVec(B, 64)]) != 64) { Thread.Sleep(1); }")
        {
            Members = Pipe, Make = "Marshal.AllocHGlobal(64)", RepairedAct = Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 64)])", "64"),
            Named = MistakePart.Act, Without = ["using"],
        },
        new("file for a pipe", "VMS4003", "SafeFileHandle", Checked("RawPipe.VmSplice(B, [new IoVec(Address, 64)])", "64"))
        {
            Members = """
            private static nint Address { get; set; }
            private static SafeFileHandle Given { get; set; } = null!;
            """,
            Make = "File.OpenHandle(\"data.bin\")", RepairedMake = "Given", Named = MistakePart.Act,
            IsMadeHere = true, Without = s_elsewhere,
        },
        new("wrong end", "VMS4004", "SplicePipe", "SpliceWriter.Open(B.ReadHandle).Write(\"data\"u8);")
        {
            Make = "SplicePipe.Create()", RepairedAct = "SpliceWriter.Open(B.WriteHandle).Write(\"data\"u8);", Named = MistakePart.Act,
        },
        new("useless flag", "VMS4005", "nint", Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 64)], SpliceFlags.Move)", "64"))
        {
            Members = Pipe, Make = "Marshal.AllocHGlobal(64)", RepairedAct = Checked("RawPipe.VmSplice(Pipe, [new IoVec(B, 64)])", "64"),
            Named = MistakePart.Act, Without = ["using"],
        },
        new("promise beside splice", "VMS4006", "SplicePipe", "Libc.splice((int)B.ReadHandle.DangerousGetHandle(), 0, 1, 0, 4096, 0);")
        {
            Make = "SplicePipe.Create()", Prepare = "B.OpenWriter(new() { Reader = PipeReaderKind.Copying });", RepairedPrepare = "B.OpenWriter();",
            Named = MistakePart.Prepare,
            Without = ["property over a field", "tuple", "deconstruction", "structure", "object", "helper in a structure's field", "result of a helper"],
        },
        new("error number of another call", "VMS4007", "nint",
            """
            if (Libc.vmsplice(1, [new iovec { iov_base = B, iov_len = 64 }], 1, 0) != 64)
            {
                Console.WriteLine(1);
                throw new IOException(null, Marshal.GetLastPInvokeError());
            }
            """)
        {
            Make = "Marshal.AllocHGlobal(64)", Named = MistakePart.Act, Without = ["using"],
            RepairedAct = """
            if (Libc.vmsplice(1, [new iovec { iov_base = B, iov_len = 64 }], 1, 0) != 64)
            {
                throw new IOException(null, Marshal.GetLastPInvokeError());
            }
            """,
        },
    ];

    private const string Aligned = "byte* q = (byte*)NativeMemory.AlignedAlloc(131072, (nuint)Environment.SystemPageSize);";

    private static string Checked(string call, string length) => $"if ({call} != {length}) {{ throw new IOException(); }}";
}

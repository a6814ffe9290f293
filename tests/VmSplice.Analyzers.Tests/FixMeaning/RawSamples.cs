namespace VmSplice.Analyzers.Tests.FixMeaning;

/// <summary>Programs that break the rules of the raw call. They send 64 bytes through a pipe of their own and print their sum.</summary>
internal static class RawSamples
{
    public static FixSample[] All { get; } =
    [
        Corrupt("VMS2005", "stack memory, in a lambda",
            """
            Action send = () =>
            {
                byte* p = stackalloc byte[64];
                new Span<byte>(p, 64).Fill(n);
                /* now */ _ = RawPipe.VmSplice(pipe, [new IoVec(p, 64)]);
            };
            send();
            """),
        Corrupt("VMS2005", "stack memory, in a switch",
            """
            switch (n)
            {
                case 3: byte* p = stackalloc byte[64];
                new Span<byte>(p, 64).Fill(n);
                nint sent = RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None);
                if (sent != 64) throw new IOException();
                break;
            }
            """),
        Corrupt("VMS2006", "array that is pinned for the call only",
            """
            var a = new byte[64]; Array.Fill(a, n);
            #if !NEVER
             fixed (byte* p = a) { if (RawPipe.VmSplice(pipe, [new IoVec(p, (nuint)a.Length)]) != a.Length) { throw new IOException(); } }
            #endif

            """),
        Corrupt("VMS2006", "pinned by a handle",
            """
            var a = new byte[64];
            Array.Fill(a, n);
            var h = GCHandle.Alloc(a, GCHandleType.Pinned);
            nint sent = RawPipe.VmSplice(pipe, [new IoVec(h.AddrOfPinnedObject(), 64)]); // all
            h.Free();
            if (sent != 64) { throw new IOException(); }
            """),
        Corrupt("VMS2007", "freed in the same method",
            """
            byte* p = (byte*)NativeMemory.Alloc(64);
            new Span<byte>(p, 64).Fill(n);
            nint sent = RawPipe.VmSplice(pipe, [new IoVec(p, 64)]);
            if (sent != 64) { throw new IOException(); }
            NativeMemory.Free(p); // back
            """),
        Corrupt("VMS2007", "two segments",
            """
            byte* p = (byte*)NativeMemory.Alloc(64);
            new Span<byte>(p, 64).Fill(n);
            _ = RawPipe.VmSplice(pipe, [new IoVec(p, 32), new IoVec(p + 32, 32)]);
            NativeMemory.Free(p);
            """),
        Raw("VMS3001", "flags among others",
            """
            byte* m = (byte*)NativeMemory.AlignedAlloc(131072, (nuint)Environment.SystemPageSize);
            new Span<byte>(m + 1, 64).Fill(n);
            nint sent = RawPipe.VmSplice(pipe, new IoVec(m + 1, 64), SpliceFlags.Gift /* all */ | SpliceFlags.NonBlocking);
            if (sent != 64) { throw new IOException(); }
            """),
        Raw("VMS3001", "flag alone",
            """
            byte* m = (byte*)NativeMemory.AlignedAlloc(131072, (nuint)Environment.SystemPageSize);
            new Span<byte>(m + 8, 64).Fill(n);
            if (RawPipe.VmSplice(pipe, [new IoVec(m + 8, 64)], SpliceFlags.Gift) != 64)
            {
                throw new IOException();
            }
            """),
        Raw("VMS3002", "buffer",
            """
            using var w = SpliceWriter.Open(pipe, new SpliceWriterOptions { LeaveOpen = true });
            var b = w.Rent<byte>(64);
            b.Span.Fill(n);
            w /* over */.Gift(b);
            """),
        Raw("VMS3002", "buffer in an expression body",
            """
            using var w = SpliceWriter.Open(pipe, new SpliceWriterOptions { LeaveOpen = true });
            var b = w.Rent<byte>(64);
            b.Span.Fill(n);
            Give(w, b);
            """,
            """
            static void Give(SpliceWriter w, PageBuffer<byte> b)
            {
                var c = w.Rent<byte>(64);
                b.Span.CopyTo(c.Span);
                b.Dispose();
                w.Gift(c);
            }
            """),
        Raw("VMS3004", "array",
            """
            byte* p = Bytes(n);
            if (RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None) != 64) { throw new IOException(); }
            """,
            """
            static void N(SafePipeHandle h, IoVec[] list) { _ = RawPipe.VmSplice(h, /* few */ list); }
            """),
        Raw("VMS3004", "span of a list",
            """
            byte* p = Bytes(n);
            if (RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None) != 64) { throw new IOException(); }
            """,
            """
            static void N(SafePipeHandle h, List<IoVec> list)
            {
                nint sent = RawPipe.VmSplice(h, CollectionsMarshal.AsSpan(list));
                if (sent < 5) return;
            }
            """),
        Raw("VMS3005", "in a sum, a mask and a constant",
            """
            const long Large = 4096;
            long size = (n + 4095) & ~4095;
            using var w = SpliceWriter.Open(pipe, new SpliceWriterOptions { LeaveOpen = true });
            var b = w.Rent<byte>(4096);
            b.Span.Fill(0);
            b.Span[..64].Fill(n);
            w.Gift(b);
            extra = (int)(Large + size - 8192);
            """),
        Raw("VMS3005", "unsigned, in a default value",
            """
            byte* m = (byte*)NativeMemory.AlignedAlloc(65536, 4096);
            new Span<byte>(m, 4096).Fill(0);
            new Span<byte>(m, 64).Fill(n);
            if (RawPipe.VmSplice(pipe, new IoVec(m, 4096), SpliceFlags.Gift) != Wide())
            {
                throw new IOException();
            }
            """,
            "static nint Wide(int size = 4096) => size;"),
        Raw("VMS4001", "raw call, in a lambda, a section and a local function",
            """
            byte* p = Bytes(n);
            Action send = () => { RawPipe.VmSplice(pipe, new IoVec(p, 32), SpliceFlags.None); /* half */ };
            send();
            switch (n) { case 3: Rest(); break; }
            void Rest() => RawPipe.VmSplice(pipe, new IoVec(p + 32, 32), SpliceFlags.None);
            """),
        new("VMS4001", "asynchronous send", """
            using SplicePipe pipe = SplicePipe.Create();
            using SpliceWriter w = pipe.OpenWriter();
            using SpliceReader r = pipe.OpenReader();
            PageBuffer<byte> b = w.Rent<byte>(4);
            b[0] = 5;
            // in the background
            w.SendAsync(b); // sent
            Console.WriteLine(await SumAsync());

            async Task<int> SumAsync()
            {
                PageBuffer<byte> c = w.Rent<byte>(4);
                c[0] = 6;
                w.SendAsync(c).ConfigureAwait(false);
                byte[] got = new byte[8];
                await r.ReadExactlyAsync(got);
                return got.Sum(one => one);
            }
            """),
        new("VMS4001", "asynchronous send in lambdas", """
            public class Sender
            {
                public async Task Send(SpliceWriter w)
                {
                    Func<Task> one = async () => { var b = w.Rent<int>(4); w.SendAsync(b); await Task.Yield(); };
                    Action two = () => { var b = w.Rent<int>(4); w.SendAsync(b); };
                    two();
                    await one();
                }

                public void Sync(SpliceWriter w, PageBuffer<int> b) { w.SendAsync(b); }
            }
            """),
        Raw("VMS4002", "tested for failure",
            "byte* p = Bytes(n); nint sent = RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None); if (sent < 0) { throw new IOException(); } // failed"),
        Raw("VMS4002", "in a condition",
            """
            byte* p = Bytes(n);
            // whole
            if (RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None) < 0) { throw new IOException(); }
            """),
        Raw("VMS4005", "in a sum", "byte* p = Bytes(n); _ = RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.Move /* not */ | SpliceFlags.NonBlocking);"),
        Raw("VMS4005", "alone, in an expression body", "byte* p = Bytes(n); _ = Send(pipe, p);",
            """
            static nint Send(SafePipeHandle pipe, byte* p) => RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.Move | SpliceFlags.More);
            """),
        Raw("VMS4007", "read after another call",
            """
            byte* p = Bytes(n);
            IoV v = new() { Base = p, Length = 64 };
            nint sent = vmsplice((int)pipe.DangerousGetHandle(), &v, 1, 0);
            if (sent != 64)
            {
                close(-1);
                throw new IOException($"{Marshal.GetLastPInvokeError()}");
            }
            """,
            """
            struct IoV { public void* Base; public nuint Length; }
            [DllImport("libc", SetLastError = true)] static extern nint vmsplice(int fd, IoV* segments, nuint count, uint flags);
            [DllImport("libc", SetLastError = true)] static extern int close(int fd);
            """),
        Raw("VMS4007", "declared without SetLastError",
            """
            byte* p = Bytes(n);
            IoV v = new() { Base = p, Length = 64 };
            nint sent = vmsplice((int)pipe.DangerousGetHandle(), &v, 1, 0);
            if (sent != 64) { throw new IOException($"{Marshal.GetLastPInvokeError()}"); }
            """,
            """
            struct IoV { public void* Base; public nuint Length; }
            [DllImport("libc")] /* of C */ static extern nint vmsplice(int fd, IoV* segments, nuint count, uint flags);
            """),
    ];

    /// <summary>What arrives of memory that is gone is not known; how many bytes do is.</summary>
    private static FixSample Corrupt(string rule, string name, string body)
    {
        FixSample sample = Raw(rule, name, body);
        return sample with { Source = sample.Source.Replace("got.Sum(one => one)", "got.Length", StringComparison.Ordinal) };
    }

    private static FixSample Raw(string rule, string name, string body, string members = "") => new(rule, name, $$"""
        using System.Runtime.InteropServices;
        using Microsoft.Win32.SafeHandles;

        public static unsafe class Sample
        {
            private static int extra;
            {{members}}
            private static byte* Bytes(byte value) { byte* p = (byte*)NativeMemory.Alloc(64); new Span<byte>(p, 64).Fill(value); return p; }
            private static void Send(SafePipeHandle pipe, byte n)
            {
        {{body}}
            }
            public static string Run()
            {
                using SplicePipe pipe = SplicePipe.Create();
                Send(pipe.WriteHandle, 3);
                using SpliceReader r = pipe.OpenReader();
                byte[] got = new byte[64];
                r.ReadExactly(got);
                return $"{got.Sum(one => one)} {extra}";
            }
        }
        """);
}

namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class MoreRawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RetryOnlyOnAgain"] = """
            using System.Runtime.InteropServices;

            namespace Native.Sending;

            public unsafe struct NativeSegment { public void* Base; public nuint Length; }

            public static unsafe class NativeSender
            {
                private const int Again = 11;
                private const uint NonBlock = 2;

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint VmSpliceNative(int pipe, NativeSegment* segments, nuint count, uint flags);

                // Waits until the pipe has room, and sends the segment.
                public static void Send(int pipe, NativeSegment* segment, TimeSpan pause)
                {
                    while (true)
                    {
                        nint sent = VmSpliceNative(pipe, segment, 1, NonBlock); //~VMS4002
                        if (sent > 0)
                        {
                            return;
                        }

                        int error = Marshal.GetLastPInvokeError();
                        if (sent < 0 && error != Again)
                        {
                            throw new IOException("vmsplice failed", error);
                        }

                        Thread.Sleep(pause);
                    }
                }
            }
            """,
        ["TemporaryFile"] = """
            namespace Spool.Files;

            public sealed class SpoolFile : IDisposable
            {
                private readonly string _path = Path.GetTempFileName();
                private SpliceWriter? _writer;

                public string Name => _path;

                public SpliceWriter Writer => _writer ?? throw new InvalidOperationException("The spool is not open.");

                public void Open()
                {
                    if (_writer is not null)
                    {
                        return;
                    }

                    var handle = File.OpenHandle(_path, FileMode.Open, FileAccess.Write);
                    _writer = SpliceWriter.Open(handle); //~VMS4003
                }

                public void Dispose()
                {
                    _writer?.Dispose();
                    File.Delete(_path);
                }
            }
            """,
        ["ReadEndForWriting"] = """
            using System.Diagnostics;
            using System.IO.Pipes;

            namespace Workers.Feeding;

            public sealed class ChildFeed : IDisposable
            {
                private readonly SpliceWriter _writer;
                private readonly Process _child;

                // The child gets the handle of its end as an argument, and reads our work there.
                public ChildFeed(string program)
                {
                    var feed = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
                    _child = Process.Start(new ProcessStartInfo(program, ["--input", feed.GetClientHandleAsString()]))!;
                    feed.DisposeLocalCopyOfClientHandle();
                    _writer = SpliceWriter.Open(feed); //~VMS4004
                }

                public void Send(ReadOnlySpan<byte> work)
                {
                    using PageBuffer<byte> buffer = _writer.Rent<byte>(work.Length);
                    work.CopyTo(buffer.Span);
                    _writer.Send(buffer);
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _child.Dispose();
                }
            }
            """,
        ["MoveFlag"] = """
            using System.Runtime.InteropServices;

            namespace Raw.Flags;

            public sealed unsafe class RegionSender(SafeHandle pipe, nint start, int length)
            {
                private int _sent;

                public bool IsDone => _sent == length;

                // One step of an event loop: false where the pipe is full.
                public bool Step(bool wait)
                {
                    IoVec rest = new(start + _sent, (nuint)(length - _sent));
                    nint taken = RawPipe.VmSplice(pipe, rest, wait ? SpliceFlags.Move : SpliceFlags.NonBlocking); //~VMS4005
                    _sent += (int)taken;
                    return taken > 0;
                }
            }
            """,
        ["ErrnoAfterCleanup"] = """
            using System.Runtime.InteropServices;

            namespace Native.Errors;

            public unsafe struct NativeVector { public void* Base; public nuint Length; }

            public sealed unsafe class NativePipe(int descriptor, Stream journal)
            {
                private static ReadOnlySpan<byte> Mark => "vmsplice failed\n"u8;

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint VmSpliceNative(int pipe, NativeVector* segments, nuint count, uint flags);

                private void Note()
                {
                    journal.Write(Mark);
                    journal.Flush();
                }

                public nuint Send(void* start, nuint length)
                {
                    NativeVector vector = new() { Base = start, Length = length };
                    nint sent = VmSpliceNative(descriptor, &vector, 1, 0);
                    if (sent >= 0)
                    {
                        return (nuint)sent;
                    }

                    Note();
                    int error = Marshal.GetLastPInvokeError(); //~VMS4007
                    throw new IOException($"vmsplice: error {error}", error);
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Raw calls that are right.</summary>
internal sealed class MoreRawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HeaderBesideBody"] = """
            using System.Runtime.InteropServices;

            namespace Raw.Framing;

            public sealed unsafe class FramedBlock
            {
                private const int HeaderLength = 64;
                private const int BodyLength = 8128;
                private readonly byte* _block = (byte*)NativeMemory.AlignedAlloc(8192, 8192);
                private bool _sent;

                public Span<byte> Header => _sent ? throw new InvalidOperationException() : new Span<byte>(_block, HeaderLength);

                public Span<byte> Body => _sent ? throw new InvalidOperationException() : new Span<byte>(_block + HeaderLength, BodyLength);

                // The body goes first: its reader wants the checksum behind it.
                public bool TrySend(SafeHandle pipe)
                {
                    if (_sent)
                    {
                        return false;
                    }

                    _sent = true;
                    byte* block = _block;
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(block + HeaderLength, BodyLength), new IoVec(block, HeaderLength)]);
                    return sent == HeaderLength + BodyLength;
                }
            }
            """,
        ["NativeRest"] = """
            using System.Runtime.InteropServices;

            namespace Native.Sending;

            public unsafe struct NativeSegment { public void* Base; public nuint Length; }

            public static unsafe class NativeSender
            {
                private const int Again = 11;
                private const uint NonBlock = 2;

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint VmSpliceNative(int pipe, NativeSegment* segments, nuint count, uint flags);

                public static void Send(int pipe, NativeSegment segment, TimeSpan pause)
                {
                    while (segment.Length > 0)
                    {
                        nint sent = VmSpliceNative(pipe, &segment, 1, NonBlock);
                        if (sent < 0)
                        {
                            int error = Marshal.GetLastPInvokeError();
                            if (error != Again)
                            {
                                throw new IOException("vmsplice failed", error);
                            }

                            Thread.Sleep(pause);
                            continue;
                        }

                        segment.Base = (byte*)segment.Base + sent;
                        segment.Length -= (nuint)sent;
                    }
                }
            }
            """,
        ["TeeOfUnknownPipe"] = """
            using System.ComponentModel;
            using System.Runtime.InteropServices;

            namespace Recorder.Tapping;

            public sealed class TappedPipe : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SplicePipe _plain = SplicePipe.Create();
                private readonly SpliceWriter _writer;
                private readonly SpliceWriter _recycling;

                public TappedPipe()
                {
                    _writer = _pipe.OpenWriter();
                    _recycling = _plain.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });   // nobody taps this one
                }

                [DllImport("libc", EntryPoint = "tee", SetLastError = true)]
                private static extern nint TeeNative(int from, int to, nuint length, uint flags);

                public void Write(ReadOnlySpan<byte> data, bool tapped)
                {
                    SpliceWriter writer = tapped ? _writer : _recycling;
                    using PageBuffer<byte> buffer = writer.Rent<byte>(data.Length);
                    data.CopyTo(buffer.Span);
                    writer.Send(buffer);
                }

                public long Tap(int recorder)
                {
                    nint teed = TeeNative((int)_pipe.ReadHandle.DangerousGetHandle(), recorder, 1 << 20, 0);
                    return teed < 0 ? throw new Win32Exception() : teed;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _recycling.Dispose();
                    _pipe.Dispose();
                    _plain.Dispose();
                }
            }
            """,
        ["ErrnoBeforeCleanup"] = """
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

                public nint Send(void* start, nuint length)
                {
                    NativeVector vector = new() { Base = start, Length = length };
                    nint sent = VmSpliceNative(descriptor, &vector, 1, 0);
                    int error = sent < 0 ? Marshal.GetLastPInvokeError() : 0;
                    if (error == 0)
                    {
                        return sent;
                    }

                    Note();
                    throw new IOException($"vmsplice: error {error}", error);
                }
            }
            """,
    };
}

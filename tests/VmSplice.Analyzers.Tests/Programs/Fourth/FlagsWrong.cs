namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Flags, promises about the reader, and error numbers.</summary>
internal sealed class FlagsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CopyingReaderPromisedAndThenSpliced"] = """
            public sealed unsafe class Recorder : IDisposable
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint splice(int from, long* fromOffset, int to, long* toOffset, nuint length, uint flags);

                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                public Recorder() => _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying }); //~VMS4006

                public void Record(ReadOnlySpan<byte> chunk) => _writer.Write(chunk);

                public long Drain(SafeHandle file, int bytes)
                {
                    int source = (int)_pipe.ReadHandle.DangerousGetHandle();
                    nint moved = splice(source, null, (int)file.DangerousGetHandle(), null, (nuint)bytes, 0);
                    return moved < 0 ? throw new IOException("splice", Marshal.GetLastPInvokeError()) : moved;
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["ErrnoReadAfterUnlockAndLog"] = """
            public unsafe struct IoVector { public void* Base; public nuint Length; }

            public sealed unsafe class GuardedPipe(int descriptor)
            {
                private readonly Lock _lock = new();

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int descriptor, IoVector* segments, nuint count, uint flags);

                public nuint Push(void* start, nuint length)
                {
                    var segment = new IoVector { Base = start, Length = length };
                    nint taken;
                    lock (_lock)
                    {
                        taken = vmsplice(descriptor, &segment, 1, 2);
                    }

                    Console.Error.WriteLine($"{taken} of {length} bytes");
                    return taken switch
                    {
                        < 0 => throw new IOException("vmsplice", Marshal.GetLastPInvokeError()), //~VMS4007
                        _ => length - (nuint)taken,
                    };
                }
            }
            """,
        ["SpliceFMoreForAllButTheLast"] = """
            public static class Segmented
            {
                public static long SendAll(SafeHandle pipe, FrozenPages<byte>[] pages)
                {
                    long total = 0;
                    for (int i = 0; i < pages.Length; i++)
                    {
                        bool last = i == pages.Length - 1;
                        nint sent = RawPipe.VmSplice(
                            pipe,
                            new IoVec(pages[i].Address, (nuint)pages[i].Length),
                            last ? SpliceFlags.None : SpliceFlags.More); //~VMS4005
                        if (sent != pages[i].Length)
                        {
                            throw new IOException($"page {i}: {sent} of {pages[i].Length} bytes");
                        }

                        total += sent;
                    }

                    return total;
                }
            }
            """,
        ["CopyingPromiseBrokenByTee"] = """
            public sealed partial class Tap : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;

                [LibraryImport("libc", SetLastError = true)]
                private static partial nint tee(int from, int to, nuint length, uint flags);

                public Tap() => _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying }); //~VMS4006

                public void Write(ReadOnlySpan<byte> bytes) => _writer.Write(bytes);

                public void Mirror(int target, int bytes)
                {
                    nint copied = tee((int)_pipe.ReadHandle.DangerousGetHandle(), target, (nuint)bytes, 0);
                    if (copied < bytes)
                    {
                        throw new IOException("tee", Marshal.GetLastPInvokeError());
                    }
                }

                public void Dispose() => _pipe.Dispose();
            }
            """,
        ["ErrnoReadAfterClosingTheFile"] = """
            public unsafe struct Vector
            {
                public void* Start;
                public nuint Length;
            }

            public static unsafe partial class Native
            {
                [LibraryImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                internal static partial nint Splice(int fd, Vector* vectors, nuint count, uint flags);

                public static nint Send(int fd, Vector* vector, FileStream journal)
                {
                    nint sent = Splice(fd, vector, 1, 0);
                    if (sent < 0)
                    {
                        journal.Dispose();
                        throw new IOException("vmsplice", Marshal.GetLastPInvokeError()); //~VMS4007
                    }

                    return sent;
                }
            }
            """,
        ["MoveFlagExpectedToMove"] = """
            public sealed class Mover(SafeHandle pipe, bool patient)
            {
                public void Send(PageBuffer<byte> buffer)
                {
                    var part = new IoVec(buffer.Address, (nuint)buffer.Length);
                    nint sent = RawPipe.VmSplice(pipe, part, patient ? SpliceFlags.Move : SpliceFlags.NonBlocking); //~VMS4005
                    if (sent != buffer.Length)
                    {
                        throw new IOException("short");
                    }
                }
            }
            """,
    };
}

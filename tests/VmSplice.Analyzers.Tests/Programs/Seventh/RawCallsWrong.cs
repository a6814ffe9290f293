namespace VmSplice.Analyzers.Tests.Programs.Seventh;

/// <summary>The raw call: its segments, its result, its flags, its descriptor.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ErrorAfterLog"] = """
            using System.ComponentModel;

            // Native bridge of a media server, with a declaration of its own.
            public unsafe struct Piece { public void* Start; public nuint Length; }

            public sealed unsafe class MediaBridge(int pipe, TextWriter log)
            {
                public void Push(void* start, nuint length)
                {
                    var piece = new Piece { Start = start, Length = length };
                    while (piece.Length > 0)
                    {
                        nint taken = vmsplice(pipe, &piece, 1, 0);
                        if (taken < 0)
                        {
                            log.WriteLine($"pipe {pipe}: {piece.Length} of {length} bytes are left");
                            throw new Win32Exception(Marshal.GetLastPInvokeError()); //~VMS4007
                        }

                        piece.Start = (byte*)piece.Start + taken;
                        piece.Length -= (nuint)taken;
                    }
                }

                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint vmsplice(int fd, Piece* pieces, nuint count, uint flags);
            }
            """,
        ["GiftBehindHeader"] = """
            // Compression: a block has 64 bytes of dictionary id and sizes in front, which stay here; the rest is given away.
            public sealed class BlockGift(SafeHandle pipe)
            {
                private const int HeaderBytes = 64;

                public long Given { get; private set; }

                public void Give(PageBuffer<byte> block, int pages)
                {
                    (nint start, nuint length) = (block.Address + HeaderBytes, (nuint)pages * (nuint)Environment.SystemPageSize);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(start, length), SpliceFlags.Gift); //~VMS3001
                    if (sent != (nint)length)
                    {
                        throw new IOException($"{sent} of {length} bytes were taken");
                    }

                    Given += sent;
                }
            }
            """,
        ["MoveWhenLarge"] = """
            // Object storage: parts of an upload; large ones shall be moved.
            public enum PartSize { Small, Large }

            public sealed unsafe class PartUpload(SafeHandle pipe)
            {
                public void Push(byte* part, nuint length, PartSize size)
                {
                    nuint done = 0;
                    while (done < length)
                    {
                        nint taken = RawPipe.VmSplice(pipe, new IoVec(part + done, length - done), size is PartSize.Large ? SpliceFlags.Move : 0); //~VMS4005
                        done += (nuint)taken;
                    }
                }
            }
            """,
        ["OffByFour"] = """
            // Network: head, payload and checksum of a datagram are three segments.
            public static unsafe class Datagram
            {
                private const int Head = 28;
                private const int Payload = 1400;
                private const int Checksum = 4;

                public static bool TrySend(SafeHandle pipe, byte* datagram)
                {
                    nint sent = RawPipe.VmSplice(
                            pipe, [new(datagram, Head + Checksum), new(datagram + Head, Payload), new(datagram + Head + Payload, Checksum)]); //~VMS3006
                    return sent switch
                    {
                        0 => false,
                        Head + Checksum + Payload + Checksum => true,
                        _ => throw new IOException("a datagram was cut"),
                    };
                }
            }
            """,
        ["OnlySign"] = """
            // Log collector: parts of a line are given to the pipe together.
            public sealed class LineFeed(SafeHandle pipe)
            {
                private const int PartsPerLine = 3;

                public int Lines { get; private set; }

                public void Feed(PageBuffer<byte> prefix, PageBuffer<byte> text, PageBuffer<byte> end)
                {
                    Span<IoVec> parts = new IoVec[PartsPerLine];
                    parts[0] = new IoVec(prefix.Address, (nuint)prefix.Length);
                    parts[1] = new IoVec(text.Address, (nuint)text.Length);
                    parts[2] = new IoVec(end.Address, (nuint)end.Length);
                    if (RawPipe.VmSplice(pipe, parts) is <= 0) //~VMS4002
                    {
                        throw new IOException("the collector takes no more");
                    }

                    Lines++;
                }
            }
            """,
        ["PricerWaits"] = """
            // Options pricing: a worker process is asked for the value of a contract.
            [Spliceable]
            public partial struct Contract { public double Strike; public double Spot; public double Years; }

            [Spliceable]
            public partial struct Valuation { public double Price; public double Delta; }

            public static class Pricer
            {
                public static async Task<Valuation> PriceAsync(ProcessStartInfo worker, Contract contract, CancellationToken cancellation)
                {
                    using SpliceLink link = SpliceLink.Start(worker);
                    using RecordWriter<Contract> contracts = Contract.CreateWriter(link.Writer);
                    using RecordReader<Valuation> valuations = Valuation.CreateReader(link.Reader);
                    contracts.Write(contract);
                    ReadOnlyMemory<Valuation> answer = await valuations.ReadBatchAsync(cancellation); //~VMS4009
                    Valuation valuation = answer.IsEmpty ? throw new EndOfStreamException() : answer.Span[0];
                    await contracts.CompleteAsync(cancellation);
                    return valuation;
                }
            }
            """,
        ["ProbeOnReadEnd"] = """
            // Testing of a worker: its standard input is replaced by an anonymous pipe that the test writes to.
            public sealed record WorkerProbe(string Handle, SpliceWriter Input);

            public static class WorkerProbes
            {
                public static WorkerProbe Start(ReadOnlySpan<byte> greeting)
                {
                    var server = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
                    string handle = server.GetClientHandleAsString();
                    SpliceWriter input = SpliceWriter.Open(server); //~VMS4004
                    input.Write(greeting);
                    return new WorkerProbe(handle, input);
                }
            }
            """,
        ["RoundedByHand"] = """
            // Checkpointing of a simulation: the state is rounded up to whole pages and given away.
            public sealed class StateSnapshots(SpliceWriter pipe)
            {
                public int Taken { get; private set; }

                public int Take(ReadOnlySpan<byte> state)
                {
                    int rounded = (state.Length + 4095) & ~4095; //~VMS3005
                    using PageBuffer<byte> snapshot = pipe.Rent<byte>(rounded);
                    state.CopyTo(snapshot.Span);
                    snapshot.Span[state.Length..].Clear();
                    pipe.Gift(snapshot);
                    Taken++;
                    return rounded;
                }
            }
            """,
        ["ScanLines"] = """
            // Video: a picture is cropped by taking a segment of each of its 1,080 lines.
            public readonly record struct Crop(int Left, int Width);

            public static class Cropper
            {
                private const int Lines = 1080;
                private const int Stride = 1920 * 4;

                public static nint Send(SafeHandle pipe, PageBuffer<byte> picture, Crop crop)
                {
                    var segments = new IoVec[Lines];
                    for (int y = 0; y < Lines; y++)
                    {
                        nint start = picture.Address + (y * Stride) + (crop.Left * 4);
                        segments[y] = new IoVec(start, (nuint)(crop.Width * 4));
                    }

                    return RawPipe.VmSplice(pipe, segments); //~VMS3003
                }
            }
            """,
        ["SpoolIsNoPipe"] = """
            // Printing: a job is spooled before the printer takes it.
            public sealed class PrintSpooler : IDisposable
            {
                private readonly string _spool = Path.GetTempFileName();
                private long _bytes;

                public long Spool(IEnumerable<ReadOnlyMemory<byte>> pages)
                {
                    using SafeFileHandle file = File.OpenHandle(_spool, FileMode.Open, FileAccess.Write);
                    using SpliceWriter writer = SpliceWriter.Open(file); //~VMS4003
                    foreach (ReadOnlyMemory<byte> page in pages)
                    {
                        writer.Write(page.Span);
                        _bytes += page.Length;
                    }

                    return _bytes;
                }

                public void Dispose() => File.Delete(_spool);
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>The raw call: its segments, its result, its flags, its descriptor.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChainSender"] = """
            // Networks: a chain of fragments, as the stack hands them over.
            public static class ChainSender
            {
                private const int Most = 2048;

                public static bool TrySend(SafeHandle pipe, List<(nint Address, int Length)> fragments)
                {
                    if (fragments.Count is 0 or > Most)
                    {
                        return false;
                    }

                    List<IoVec> parts = [];
                    long total = 0;
                    foreach ((nint address, int length) in fragments)
                    {
                        parts.Add(new IoVec(address, (nuint)length));
                        total += length;
                    }

                    Span<IoVec> all = CollectionsMarshal.AsSpan(parts);
                    return RawPipe.VmSplice(pipe, all) == (nint)total; //~VMS3004
                }
            }
            """,
        ["ControlChannel"] = """
            // Supervisors: commands to a child, and its reports back.
            public sealed class ControlChannel : IDisposable
            {
                private readonly AnonymousPipeServerStream _commands = new(PipeDirection.Out, HandleInheritability.Inheritable);
                private readonly AnonymousPipeServerStream _reports = new(PipeDirection.In, HandleInheritability.Inheritable);

                public void Command(ProcessStartInfo start, IEnumerable<byte[]> commands)
                {
                    start.ArgumentList.Add(_commands.GetClientHandleAsString());
                    start.ArgumentList.Add(_reports.GetClientHandleAsString());
                    using Process child = Process.Start(start)!;
                    using (SpliceWriter writer = SpliceWriter.Open(_reports)) //~VMS4004
                    {
                        foreach (byte[] command in commands)
                        {
                            writer.Write<byte>(command);
                        }
                    }

                    child.WaitForExit();
                }

                public void Dispose()
                {
                    _commands.Dispose();
                    _reports.Dispose();
                }
            }
            """,
        ["DmaPusher"] = """
            using System.ComponentModel;

            // Drivers: pushes a ring's pages, and logs what failed.
            public unsafe struct PageVector { public void* Start; public nuint Length; }

            public sealed unsafe class DmaPusher(int descriptor, string log)
            {
                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint Splice(int fd, PageVector* segments, nuint count, uint flags);

                public void Push(byte* ring, nuint length)
                {
                    nuint done = 0;
                    while (done < length)
                    {
                        PageVector segment = new() { Start = ring + done, Length = length - done };
                        nint sent = Splice(descriptor, &segment, 1, 0);
                        if (sent >= 0)
                        {
                            done += (nuint)sent;
                            continue;
                        }

                        File.AppendAllText(log, $"push failed behind {done} bytes\n");
                        int error = Marshal.GetLastPInvokeError(); //~VMS4007
                        throw new Win32Exception(error);
                    }
                }
            }
            """,
        ["FrameCounter"] = """
            // Video: counts the frames that went out and those that found the pipe full.
            public sealed class FrameCounter(SafeHandle display)
            {
                public int Shown { get; private set; }

                public int Dropped { get; private set; }

                public void Show(FrozenPages<byte> frame)
                {
                    nint taken = RawPipe.VmSplice(display, new IoVec(frame.Address, (nuint)frame.Length), SpliceFlags.NonBlocking); //~VMS4002
                    if (taken > 0)
                    {
                        Shown++;
                    }
                    else
                    {
                        Dropped++;
                    }
                }
            }
            """,
        ["GiftBehindHeader"] = """
            // Capture cards: the driver puts a header before the samples; only the samples are given away.
            public struct CaptureHeader { public long Time; public long Channel; public long Count; }

            public static class GiftBehindHeader
            {
                public static bool Give(SafeHandle pipe, PageBuffer<byte> capture)
                {
                    nint header = Unsafe.SizeOf<CaptureHeader>();
                    nint samples = capture.Address + header;
                    nuint length = 8 * (nuint)Environment.SystemPageSize;
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(samples, length), SpliceFlags.Gift); //~VMS3001
                    return sent == (nint)length;
                }
            }
            """,
        ["MeshGift"] = """
            // Games: a mesh of any size, in whole pages, is given to the physics process.
            public static class MeshGift
            {
                public static void Give(SpliceWriter physics, ReadOnlySpan<float> vertices)
                {
                    ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(vertices);
                    if (bytes.IsEmpty)
                    {
                        return;
                    }

                    int rounded = (bytes.Length + 4095) & ~4095; //~VMS3005
                    using PageBuffer<byte> pages = physics.Rent<byte>(rounded);
                    bytes.CopyTo(pages.Span);
                    physics.Gift(pages);
                }
            }
            """,
        ["PcmGift"] = """
            // Audio: a second of stereo sound is given away.
            public static class PcmGift
            {
                private const int Rate = 44_100;

                private static int SamplesOf(int channels) => Rate * channels;

                public static void PlayTone(SpliceWriter player, double frequency)
                {
                    int samples = SamplesOf(2);
                    using PageBuffer<short> second = player.Rent<short>(samples);
                    Span<short> sound = second.Span;
                    for (int i = 0; i < samples; i += 2)
                    {
                        short value = (short)(Math.Sin(i / 2 * frequency * Math.Tau / Rate) * short.MaxValue);
                        sound[i] = value;
                        sound[i + 1] = value;
                    }

                    player.Gift(second); //~VMS3002
                }
            }
            """,
        ["PrimeClient"] = """
            // Science: asks a worker for the factors of many numbers.
            [Spliceable]
            public partial struct FactorQuestion { public long Number; }

            [Spliceable]
            public partial struct FactorAnswer { public long Number; public long Smallest; }

            public static class PrimeClient
            {
                public static async Task<Dictionary<long, long>> AskAsync(ProcessStartInfo start, IEnumerable<long> numbers)
                {
                    using SpliceLink link = SpliceLink.Start(start);
                    await using RecordWriter<FactorQuestion> questions = FactorQuestion.CreateWriter(link.Writer);
                    using RecordReader<FactorAnswer> answers = FactorAnswer.CreateReader(link.Reader);
                    Dictionary<long, long> found = [];
                    foreach (long[] group in numbers.Where(static n => n > 1).Chunk(64))
                    {
                        await questions.WriteAsync(group.Select(static n => new FactorQuestion { Number = n }).ToArray());
                        for (int missing = group.Length; missing > 0;)
                        {
                            ReadOnlyMemory<FactorAnswer> batch = await answers.ReadBatchAsync(); //~VMS4009
                            foreach (FactorAnswer answer in batch.Span)
                            {
                                found[answer.Number] = answer.Smallest;
                            }

                            missing = batch.IsEmpty ? 0 : missing - batch.Length;
                        }
                    }

                    await questions.CompleteAsync();
                    return found;
                }
            }
            """,
        ["RpcFrame"] = """
            // RPC: the header grew by a field; the place of the body did not.
            public static unsafe class RpcFrame
            {
                private const int HeaderLength = 24;
                private const int BodyAt = 20;
                private const int BodyLength = 4_000;

                public static bool Send(SafeHandle pipe, byte* frame)
                {
                    *(long*)frame = Environment.TickCount64;
                    byte* body = frame + BodyAt;
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(frame, HeaderLength), new IoVec(body, BodyLength)]); //~VMS3006
                    return sent == HeaderLength + BodyLength;
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class RawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AudioMixer"] = """
            public interface IMixSource
            {
                float Next();
            }

            public sealed class AudioMixer(SpliceWriter output, IReadOnlyList<IMixSource> sources)
            {
                private const int Channels = 2;
                private const int SamplesPerBlock = 441;

                public void MixBlock()
                {
                    using PageBuffer<float> block = output.Rent<float>(Channels * SamplesPerBlock);
                    Span<float> samples = block.Span;
                    for (int i = 0; i < samples.Length; i++)
                    {
                        float mixed = 0;
                        foreach (IMixSource source in sources)
                        {
                            mixed += source.Next();
                        }

                        samples[i] = Math.Clamp(mixed, -1, 1);
                    }

                    output.Gift(block); //~VMS3002
                }
            }
            """,
        ["BurstSender"] = """
            using System.Runtime.InteropServices;

            public sealed class BurstSender(SafeHandle pipe)
            {
                public long Bytes { get; private set; }

                public void Send(FrozenPages<byte> pages, bool movable)
                {
                    nint offset = 0;
                    while (offset < pages.Length)
                    {
                        nint sent = RawPipe.VmSplice(
                            pipe,
                            new IoVec(pages.Address + offset, (nuint)(pages.Length - offset)),
                            movable ? SpliceFlags.Move : SpliceFlags.None); //~VMS4005
                        offset += sent;
                        Bytes += sent;
                    }
                }
            }
            """,
        ["ChatRoom"] = """
            public sealed class ChatRoom
            {
                private readonly List<SpliceWriter> _members = [];
                private readonly Lock _lock = new();

                public void Join(SpliceWriter member)
                {
                    lock (_lock)
                    {
                        _members.Add(member);
                    }
                }

                public void Say(ReadOnlySpan<byte> text)
                {
                    lock (_lock)
                    {
                        foreach (SpliceWriter member in _members)
                        {
                            PageBuffer<byte> line = member.Rent<byte>(text.Length);
                            text.CopyTo(line.Span);
                            member.SendAsync(line); //~VMS4001
                        }
                    }
                }
            }
            """,
        ["ChunkedResponse"] = """
            using System.Runtime.InteropServices;

            public sealed class ChunkedResponse(SafeHandle client)
            {
                public void Write(IEnumerable<FrozenPages<byte>> chunks)
                {
                    List<IoVec> parts = [];
                    nint total = 0;
                    foreach (FrozenPages<byte> chunk in chunks)
                    {
                        if (chunk.Length == 0)
                        {
                            continue;
                        }

                        parts.Add(new IoVec(chunk.Address, (nuint)chunk.Length));
                        total += chunk.Length;
                    }

                    nint sent = RawPipe.VmSplice(client, CollectionsMarshal.AsSpan(parts)); //~VMS3004
                    if (sent != total)
                    {
                        throw new IOException($"The client took {sent} of {total} bytes.");
                    }
                }
            }
            """,
        ["ColumnStore"] = """
            public sealed class ColumnStore(SpliceWriter replica)
            {
                public long BytesGiven { get; private set; }

                /// <summary>Gives a column away, rounded up to whole pages.</summary>
                public void Replicate(ReadOnlySpan<byte> column)
                {
                    int whole = (column.Length + 4095) & ~4095; //~VMS3005
                    using PageBuffer<byte> pages = replica.Rent<byte>(whole);
                    column.CopyTo(pages.Span);
                    pages.Span[column.Length..].Clear();
                    replica.Gift(pages);
                    BytesGiven += whole;
                }
            }
            """,
        ["FirmwareUploader"] = """
            using System.Runtime.InteropServices;

            public sealed class FirmwareUploader(SafeHandle device)
            {
                private const int PreambleLength = 64;
                private const int ImageLength = 4 * 65536;

                public bool Upload(PageBuffer<byte> block, ReadOnlySpan<byte> image)
                {
                    image[..ImageLength].CopyTo(block.Span[PreambleLength..]);
                    nint start = block.Address + PreambleLength;
                    nint taken = RawPipe.VmSplice(
                        device,
                        new IoVec(start, ImageLength), //~VMS3001
                        SpliceFlags.Gift);
                    return taken == ImageLength;
                }
            }
            """,
        ["MatchHost"] = """
            using System.IO.Pipes;

            public sealed class MatchHost(string match) : IAsyncDisposable
            {
                private NamedPipeServerStream? _server;

                public async Task<SpliceWriter> AcceptAsync(CancellationToken cancellation)
                {
                    var server = new NamedPipeServerStream($"match-{match}", PipeDirection.Out, 1, PipeTransmissionMode.Byte,
                        System.IO.Pipes.PipeOptions.Asynchronous);
                    _server = server;
                    await server.WaitForConnectionAsync(cancellation);
                    return SpliceWriter.Open(server); //~VMS4003
                }

                public async ValueTask DisposeAsync()
                {
                    if (_server is not null)
                    {
                        await _server.DisposeAsync();
                    }
                }
            }
            """,
        ["MqttFrame"] = """
            using System.Runtime.InteropServices;

            public static unsafe class MqttFrame
            {
                private const int FixedHeader = 2;
                private const int VariableHeader = 10;
                private const int Payload = 500;

                public static void Publish(SafeHandle broker, byte* frame)
                {
                    nint sent = RawPipe.VmSplice(
                        broker,
                        [new IoVec(frame, FixedHeader + VariableHeader), new IoVec(frame + VariableHeader, Payload)]); //~VMS3006
                    if (sent != FixedHeader + VariableHeader + Payload)
                    {
                        throw new IOException("The broker took a part of the frame.");
                    }
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Memory of the raw call that moves, ends or is freed while it is in flight.</summary>
internal sealed class RawMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BlobShipper"] = """
            using System.Runtime.InteropServices;

            public interface IBlobSource
            {
                int Read(long blob, Span<byte> target);
            }

            public sealed class BlobShipper(SafeHandle pipe, IBlobSource blobs)
            {
                private const int BlobLength = 32 * 1024;

                public bool TryShip(long blob)
                {
                    byte[] content = new byte[BlobLength];
                    int length = blobs.Read(blob, content);
                    GCHandle pin = GCHandle.Alloc(content, GCHandleType.Pinned);
                    try
                    {
                        nint sent = RawPipe.VmSplice(pipe, [new IoVec(pin.AddrOfPinnedObject(), (nuint)length)]); //~VMS2006
                        return sent == length;
                    }
                    finally
                    {
                        pin.Free();
                    }
                }
            }
            """,
        ["FramedSocketBridge"] = """
            using System.Buffers.Binary;
            using System.Runtime.InteropServices;

            public static unsafe class RawSender
            {
                public static void SendAll(this SafeHandle pipe, byte* data, nuint length)
                {
                    while (length > 0)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(data, length), SpliceFlags.None);
                        data += sent;
                        length -= (nuint)sent;
                    }
                }
            }

            public sealed unsafe class FramedBridge(SafeHandle pipe, SpliceWriter bodies)
            {
                private const int HeaderLength = 8;

                public void Frame(PageBuffer<byte> body, int kind)
                {
                    Span<byte> header = stackalloc byte[HeaderLength];
                    BinaryPrimitives.WriteInt32BigEndian(header, kind);
                    BinaryPrimitives.WriteInt32BigEndian(header[4..], body.Length);
                    fixed (byte* start = header)
                    {
                        pipe.SendAll(start, HeaderLength); //~VMS2005
                    }

                    bodies.Send(body);
                }
            }
            """,
        ["HeartbeatSender"] = """
            using System.Runtime.InteropServices;

            public readonly record struct Heartbeat(long Time, int Node, int Load);

            public sealed unsafe class HeartbeatSender(SafeHandle pipe, int node)
            {
                public long Beats { get; private set; }

                public void Beat(int load)
                {
                    Heartbeat beat = new(Environment.TickCount64, node, load);
                    nint sent = RawPipe.VmSplice(pipe, [new IoVec(&beat, (nuint)sizeof(Heartbeat))]); //~VMS2005
                    if (sent != sizeof(Heartbeat))
                    {
                        throw new IOException($"The monitor took {sent} bytes of a heartbeat.");
                    }

                    Beats++;
                }
            }
            """,
        ["NativeSlotSender"] = """
            using System.Runtime.InteropServices;

            public sealed unsafe class NativeSlotSender<T>(SafeHandle pipe)
                where T : unmanaged
            {
                public long Sent { get; private set; }

                public void SendAll(IEnumerable<T> items)
                {
                    foreach (T item in items)
                    {
                        T* slot = (T*)NativeMemory.Alloc((nuint)sizeof(T));
                        *slot = item;
                        nint taken = RawPipe.VmSplice(pipe, [new IoVec(slot, (nuint)sizeof(T))]);
                        NativeMemory.Free(slot); //~VMS2007
                        if (taken != sizeof(T))
                        {
                            throw new IOException($"Item {Sent} was cut.");
                        }

                        Sent++;
                    }
                }
            }
            """,
        ["TemplateResponder"] = """
            using System.Buffers;
            using System.Runtime.InteropServices;

            public sealed unsafe class TemplateResponder(SafeHandle pipe, IReadOnlyDictionary<string, byte[]> templates)
            {
                private const int PageLength = 4096;

                public bool Respond(string name)
                {
                    if (!templates.TryGetValue(name, out byte[]? template))
                    {
                        return false;
                    }

                    byte[] page = new byte[PageLength];
                    template.AsSpan(0, Math.Min(template.Length, PageLength)).CopyTo(page);
                    using MemoryHandle pin = page.AsMemory().Pin();
                    IoVec segment = new(pin.Pointer, PageLength);
                    nint sent = RawPipe.VmSplice(pipe, segment, SpliceFlags.None); //~VMS2006
                    return sent == PageLength;
                }
            }
            """,
    };
}

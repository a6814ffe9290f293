namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class MoreRawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NativeChannel"] = """
            using System.Runtime.InteropServices;

            public interface IChannelLog
            {
                void Warn(string text);
            }

            public unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public sealed unsafe class NativeChannel(int descriptor, IChannelLog log)
            {
                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);

                public nint Send(iovec* segments, nuint count, nint expected)
                {
                    nint sent = vmsplice(descriptor, segments, count, 0);
                    if (sent < 0)
                    {
                        log.Warn($"channel {descriptor} failed");
                        throw new IOException("vmsplice", Marshal.GetLastPInvokeError()); //~VMS4007
                    }

                    if (sent < expected)
                    {
                        log.Warn($"{expected - sent} bytes are left");
                    }

                    return sent;
                }
            }
            """,
        ["OutboxPump"] = """
            using System.Runtime.InteropServices;

            public interface IOutboxLog
            {
                void Debug(string text);
            }

            public sealed class OutboxPump(SafeHandle pipe, IOutboxLog log)
            {
                public int Pump(IEnumerable<FrozenPages<byte>> outbox)
                {
                    int messages = 0;
                    foreach (FrozenPages<byte> message in outbox)
                    {
                        nint sent = RawPipe.VmSplice(pipe, new IoVec(message.Address, (nuint)message.Length), SpliceFlags.NonBlocking); //~VMS4002
                        log.Debug($"message {messages}: {sent} bytes");
                        if (sent <= 0)
                        {
                            break;
                        }

                        messages++;
                    }

                    return messages;
                }
            }
            """,
        ["PluginProcess"] = """
            using System.Diagnostics;
            using System.IO.Pipes;

            public sealed class PluginProcess(string executable)
            {
                public Process? Child { get; private set; }

                public SpliceWriter Start()
                {
                    var requests = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
                    var start = new ProcessStartInfo(executable);
                    start.ArgumentList.Add("--requests");
                    start.ArgumentList.Add(requests.GetClientHandleAsString());
                    Child = Process.Start(start);
                    requests.DisposeLocalCopyOfClientHandle();
                    return SpliceWriter.Open(requests); //~VMS4004
                }
            }
            """,
        ["ScatterSender"] = """
            using System.Runtime.InteropServices;

            public sealed class ScatterSender(SafeHandle pipe, PageBuffer<byte> index, PageBuffer<byte> cells)
            {
                private const int Cells = 1536;
                private const int CellLength = 128;

                public void SendGrid()
                {
                    IoVec[] segments = new IoVec[Cells + 1];
                    segments[0] = new IoVec(index.Address, (nuint)index.Length);
                    nint expected = index.Length;
                    for (int i = 0; i < Cells; i++)
                    {
                        segments[i + 1] = new IoVec(cells.Address + (i * CellLength), CellLength);
                        expected += CellLength;
                    }

                    nint sent = RawPipe.VmSplice(pipe, segments); //~VMS3003
                    if (sent != expected)
                    {
                        throw new IOException($"{expected - sent} bytes of the grid are missing.");
                    }
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class MoreRawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MapDump"] = """
            using System.Runtime.InteropServices;

            namespace Tools.Dump;

            internal unsafe struct iovec
            {
                public byte* iov_base;
                public nuint iov_len;
            }

            /// <summary>Writes a range of a mapping to a pipe, such as a debugger does.</summary>
            public static unsafe class MapDump
            {
                public static void Dump(int pipe, byte* mapping, long from, long to)
                {
                    byte* data = mapping + from;
                    nuint left = (nuint)(to - from);
                    while (left > 0)
                    {
                        iovec rest;
                        rest.iov_base = data;
                        rest.iov_len = left;
                        nint taken = vmsplice(pipe, &rest, 1, 0); //~VMS4002
                        if (taken <= 0)
                        {
                            break;
                        }

                        data += taken;
                        left -= (nuint)taken;
                    }
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
            }
            """,
        ["SpoolFile"] = """
            using Microsoft.Win32.SafeHandles;

            namespace Printing.Spool;

            /// <summary>Pages that are printed later go through a spool.</summary>
            public static class SpoolFile
            {
                public static string Spool(IEnumerable<byte[]> pages)
                {
                    string path = Path.GetTempFileName();
                    using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
                    using SpliceWriter spool = SpliceWriter.Open(file); //~VMS4003
                    foreach (byte[] page in pages)
                    {
                        using PageBuffer<byte> copy = spool.Rent<byte>(page.Length);
                        page.CopyTo(copy.Span);
                        spool.Send(copy);
                    }

                    return path;
                }
            }
            """,
        ["SurroundBlock"] = """
            namespace Audio.Surround;

            /// <summary>Six channels, ten milliseconds of 48 kHz.</summary>
            public static class SurroundBlock
            {
                private const int Channels = 6;
                private const int Frames = 480;

                public static void Give(SpliceWriter encoder, float[][] channels, int from)
                {
                    PageBuffer<float> block = encoder.Rent<float>(Channels * Frames);
                    Span<float> interleaved = block.Span;
                    for (int frame = 0; frame < Frames; frame++)
                    {
                        for (int channel = 0; channel < Channels; channel++)
                        {
                            interleaved[(frame * Channels) + channel] = channels[channel][from + frame];
                        }
                    }

                    encoder.Gift(block); //~VMS3002
                }
            }
            """,
        ["TsPackets"] = """
            using System.Runtime.InteropServices;

            namespace Video.Transport;

            /// <summary>A recorded transport stream lies in native memory that stays for the life of the program.</summary>
            public static unsafe class TsPackets
            {
                private const int PacketSize = 188;

                public static long Replay(SafeHandle pipe, byte* recording, int packets, int burst)
                {
                    long sent = 0;
                    for (int at = 0; at < packets;)
                    {
                        int count = Math.Min(burst, packets - at);
                        bool last = at + count == packets;
                        nuint length = (nuint)(count * PacketSize);
                        byte* from = recording + ((long)at * PacketSize);
                        nuint done = 0;
                        while (done < length)
                        {
                            done += (nuint)RawPipe.VmSplice(pipe, new IoVec(from + done, length - done), last ? SpliceFlags.None : SpliceFlags.More); //~VMS4005
                        }

                        sent += (long)length;
                        at += count;
                    }

                    return sent;
                }
            }
            """,
        ["UplinkError"] = """
            using System.Runtime.InteropServices;

            namespace Gateway.Uplink;

            internal unsafe struct iovec
            {
                public byte* iov_base;
                public nuint iov_len;
            }

            public sealed unsafe class UplinkError(int uplink, TextWriter log)
            {
                private const int WouldBlock = 11;
                private const uint NonBlocking = 2;

                /// <summary>How many bytes the uplink took now; 0 where it is full.</summary>
                public nint Offer(byte* data, nuint length)
                {
                    iovec segment;
                    segment.iov_base = data;
                    segment.iov_len = length;
                    nint taken = vmsplice(uplink, &segment, 1, NonBlocking);
                    if (taken >= 0)
                    {
                        return taken;
                    }

                    log.WriteLine($"the uplink took nothing of {length} bytes");
                    int error = Marshal.GetLastPInvokeError(); //~VMS4007
                    return error == WouldBlock ? 0 : throw new IOException("vmsplice", error);
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
            }
            """,
    };
}

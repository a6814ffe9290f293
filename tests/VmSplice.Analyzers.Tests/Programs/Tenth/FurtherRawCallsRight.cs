namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Raw calls that are right.</summary>
internal sealed class FurtherRawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ScatterRead"] = """
            using System.Runtime.InteropServices;

            namespace Gateway.Scatter;

            /// <summary>The read end: vmsplice copies into the arrays, so that a pin for the call is enough.</summary>
            public static unsafe class ScatterRead
            {
                public static (int Head, int Body) Receive(SplicePipe pipe, byte[] head, byte[] body)
                {
                    fixed (byte* first = head)
                    {
                        fixed (byte* second = body)
                        {
                            nint read = RawPipe.VmSplice(pipe.ReadHandle, [new IoVec(first, (nuint)head.Length), new IoVec(second, (nuint)body.Length)]);
                            if (read < head.Length)
                            {
                                throw new EndOfStreamException($"{read} bytes of a head");
                            }

                            first[0] &= 0x7F;
                            return (head.Length, (int)read - head.Length);
                        }
                    }
                }
            }
            """,
        ["UplinkRetry"] = """
            using System.Runtime.InteropServices;

            namespace Gateway.Uplink;

            internal unsafe struct iovec
            {
                public byte* iov_base;
                public nuint iov_len;
            }

            public sealed unsafe class UplinkRetry(int uplink, TextWriter log)
            {
                private const int Interrupted = 4;

                public void Send(byte* data, nuint length)
                {
                    iovec rest;
                    rest.iov_base = data;
                    rest.iov_len = length;

                again:
                    nint taken = vmsplice(uplink, &rest, 1, 0);
                    if (taken < 0)
                    {
                        int error = Marshal.GetLastPInvokeError();
                        log.WriteLine($"{rest.iov_len} of {length} bytes are left, error {error}");
                        if (error == Interrupted)
                        {
                            goto again;
                        }

                        throw new IOException("vmsplice", error);
                    }

                    rest.iov_base += taken;
                    rest.iov_len -= (nuint)taken;
                    if (rest.iov_len > 0)
                    {
                        goto again;
                    }
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Helpers that count what the raw call took, <c>while (sent &lt; length)</c>, and send the rest.</summary>
internal sealed class HelpersThatCountWhatIsSent : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StackMemory"] = """
            static unsafe class Rest
            {
                public static void Send(SafeHandle pipe, byte* data, nuint length)
                {
                    nuint sent = 0;
                    while (sent < length)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                    }
                }
            }

            static unsafe class P
            {
                public static void Announce(SafeHandle pipe, int channel)
                {
                    Span<byte> header = stackalloc byte[16];
                    header[0] = (byte)channel;
                    fixed (byte* start = header)
                    {
                        Rest.Send(pipe, start, 16); //~VMS2005
                    }
                }
            }
            """,
        ["StackMemoryUntilItIsAll"] = """
            static unsafe class Rest
            {
                public static void Send(SafeHandle pipe, byte* data, nuint length)
                {
                    nuint sent = 0;
                    while (sent != length)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                    }
                }
            }

            static unsafe class P
            {
                public static void Announce(SafeHandle pipe, int channel)
                {
                    Span<byte> header = stackalloc byte[16];
                    header[0] = (byte)channel;
                    fixed (byte* start = header)
                    {
                        Rest.Send(pipe, start, 16); //~VMS2005
                    }
                }
            }
            """,
        ["StackMemoryAsLongAsThereIsMore"] = """
            static unsafe class Rest
            {
                public static void Send(SafeHandle pipe, byte* data, nuint length)
                {
                    nuint sent = 0;
                    while (length > sent)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                    }
                }
            }

            static unsafe class P
            {
                public static void Announce(SafeHandle pipe, int channel)
                {
                    Span<byte> header = stackalloc byte[16];
                    header[0] = (byte)channel;
                    fixed (byte* start = header)
                    {
                        Rest.Send(pipe, start, 16); //~VMS2005
                    }
                }
            }
            """,
        ["StackMemoryInAFor"] = """
            static unsafe class Rest
            {
                public static void Send(SafeHandle pipe, byte* data, nuint length)
                {
                    for (nuint sent = 0; sent < length;)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                    }
                }
            }

            static unsafe class P
            {
                public static void Announce(SafeHandle pipe, int channel)
                {
                    Span<byte> header = stackalloc byte[16];
                    header[0] = (byte)channel;
                    fixed (byte* start = header)
                    {
                        Rest.Send(pipe, start, 16); //~VMS2005
                    }
                }
            }
            """,
        ["NativeMemoryThatStays"] = """
            static unsafe class Rest
            {
                public static void Send(SafeHandle pipe, byte* data, nuint length)
                {
                    nuint sent = 0;
                    while (sent < length)
                    {
                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                    }
                }
            }

            static unsafe class P
            {
                public static void Announce(SafeHandle pipe, int channel)
                {
                    byte* header = (byte*)NativeMemory.Alloc(16);
                    header[0] = (byte)channel;
                    Rest.Send(pipe, header, 16);
                }
            }
            """,
        ["WritesOnOnePath"] = """
            static unsafe class Rest
            {
                public static void Send(SafeHandle pipe, Stream copy, byte* data, nuint length, bool shares)
                {
                    nuint sent = 0;
                    while (sent < length)
                    {
                        if (shares)
                        {
                            sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                        }
                        else
                        {
                            copy.Write(new ReadOnlySpan<byte>(data, (int)length));
                            sent += length;
                        }
                    }
                }
            }

            static unsafe class P
            {
                public static void Announce(SafeHandle pipe, Stream copy)
                {
                    Span<byte> header = stackalloc byte[16];
                    header.Clear();
                    fixed (byte* start = header)
                    {
                        Rest.Send(pipe, copy, start, 16, shares: false);
                    }
                }
            }
            """,
        ["WritesFirst"] = """
            static unsafe class Rest
            {
                public static void Send(SafeHandle pipe, Stream copy, byte* data, nuint length)
                {
                    nuint sent = 0;
                    while (sent < length)
                    {
                        if (length < 4096)
                        {
                            copy.Write(new ReadOnlySpan<byte>(data, (int)length));
                            sent += length;
                            continue;
                        }

                        sent += (nuint)RawPipe.VmSplice(pipe, new IoVec(data + sent, length - sent), SpliceFlags.None);
                    }
                }
            }

            static unsafe class P
            {
                public static void Announce(SafeHandle pipe, Stream copy)
                {
                    Span<byte> header = stackalloc byte[16];
                    header.Clear();
                    fixed (byte* start = header)
                    {
                        Rest.Send(pipe, copy, start, 16);
                    }
                }
            }
            """,
    };
}

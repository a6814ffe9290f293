namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Memory that is written as a copy, and right.</summary>
internal sealed class WrittenCopiesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NativeBlockWrittenAndFreed"] = """
            public static unsafe class NativeCopy
            {
                public static void Send(SpliceWriter pipe, ReadOnlySpan<double> values, double factor)
                {
                    double* scaled = (double*)NativeMemory.Alloc((nuint)values.Length, sizeof(double));
                    try
                    {
                        for (int i = 0; i < values.Length; i++)
                        {
                            scaled[i] = values[i] * factor;
                        }

                        pipe.Write(new ReadOnlySpan<double>(scaled, values.Length));
                    }
                    finally
                    {
                        NativeMemory.Free(scaled);
                    }
                }
            }
            """,
        ["SentOnOneBranchWrittenOnTheOther"] = """
            public sealed class Spooler(SpliceWriter pipe, Func<bool> online)
            {
                private bool TryShip(PageBuffer<byte> buffer)
                {
                    if (!online())
                    {
                        return false;
                    }

                    pipe.Send(buffer);
                    return true;
                }

                public void Ship(PageBuffer<byte> buffer, Stream spool)
                {
                    if (TryShip(buffer))
                    {
                        return;
                    }

                    buffer.Span[0] |= 0x80;
                    spool.Write(buffer.Span);
                    buffer.Dispose();
                }
            }
            """,
        ["StateAskedBeforeSecondUse"] = """
            public sealed class Fallback(SpliceWriter pipe, Stream spool)
            {
                public void Deliver(PageBuffer<byte> buffer, bool connected)
                {
                    if (connected && buffer.Length > 0)
                    {
                        pipe.Send(buffer);
                    }

                    if (buffer.State == PageBufferState.Owned)
                    {
                        spool.Write(buffer.Span);
                        buffer.Dispose();
                    }
                }
            }
            """,
        ["WriteCopiesStackAndPooledMemory"] = """
            using System.Text;

            public sealed class TextSender(SpliceWriter pipe)
            {
                public void Send(string text)
                {
                    int most = Encoding.UTF8.GetMaxByteCount(text.Length);
                    byte[]? rented = null;
                    Span<byte> bytes = most <= 512 ? stackalloc byte[512] : (rented = ArrayPool<byte>.Shared.Rent(most));
                    try
                    {
                        int used = Encoding.UTF8.GetBytes(text, bytes);
                        pipe.Write<byte>(bytes[..used]);
                        bytes[..used].Clear();
                        pipe.Write("\n"u8);
                    }
                    finally
                    {
                        if (rented is not null)
                        {
                            ArrayPool<byte>.Shared.Return(rented);
                        }
                    }
                }
            }
            """,
        ["StackallocHeaderWrittenByCopy"] = """
            public static class Vectored
            {
                public static void Send(SpliceWriter pipe, ReadOnlySpan<int> values)
                {
                    Span<byte> header = stackalloc byte[16];
                    for (int i = 0; i < values.Length; i += 1024)
                    {
                        ReadOnlySpan<int> part = values.Slice(i, Math.Min(1024, values.Length - i));
                        BitConverter.TryWriteBytes(header, part.Length);
                        pipe.Write(header);
                        pipe.Write(MemoryMarshal.AsBytes(part));
                    }

                    header.Clear();
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Buffers in loops, and right.</summary>
internal sealed class MoreLoopsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GiftOfImageRoundedUp"] = """
            public sealed class Thumbnailer(SpliceWriter pipe)
            {
                private const int Width = 150;
                private const int Height = 100;

                public void Send(Func<int, int, byte> gray)
                {
                    int page = Environment.SystemPageSize;
                    int bytes = (Width * Height + page - 1) / page * page;
                    PageBuffer<byte> image = pipe.Rent<byte>(bytes);
                    for (int i = 0; i < Width * Height; i++)
                    {
                        image[i] = gray(i % Width, i / Width);
                    }

                    pipe.Gift(image);
                }
            }
            """,
        ["ReceivedBytesCopiedOutOfUsing"] = """
            public static class Lines
            {
                public static int CountNewlines(SpliceReader reader)
                {
                    int count = 0;
                    foreach (byte b in ReadBlock(reader, 4096))
                    {
                        count += b == (byte)'\n' ? 1 : 0;
                    }

                    return count;
                }

                private static ReadOnlySpan<byte> ReadBlock(SpliceReader reader, int size)
                {
                    using PageBuffer<byte> buffer = PageBuffer<byte>.Allocate(size);
                    int read = reader.Read(buffer);
                    ReadOnlySpan<byte> result = buffer.Span[..read];
                    result = result.ToArray();
                    return result;
                }
            }
            """,
        ["VariableGetsANewBufferAfterHelperSent"] = """
            public sealed class BlockSender(SpliceWriter pipe)
            {
                public void Send(ReadOnlySpan<byte> data, int block)
                {
                    PageBuffer<byte> buffer = pipe.Rent<byte>(block);
                    int used = 0;
                    foreach (byte b in data)
                    {
                        if (used == buffer.Length)
                        {
                            Push(buffer, used);
                            buffer = pipe.Rent<byte>(block);
                            used = 0;
                        }

                        buffer.Span[used++] = b;
                    }

                    Push(buffer, used);
                }

                private void Push(PageBuffer<byte> block, int length)
                {
                    if (length == 0)
                    {
                        block.Dispose();
                        return;
                    }

                    pipe.Send(block, length);
                }
            }
            """,
    };
}

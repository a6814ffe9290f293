namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Page buffers, and right.</summary>
internal sealed class BuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CopyingWriterAndReaderForward"] = """
            public sealed class Recorder : IDisposable
            {
                private readonly SplicePipe _pipe = SplicePipe.Create();
                private readonly SpliceWriter _writer;
                private readonly SpliceReader _reader;

                public Recorder()
                {
                    _writer = _pipe.OpenWriter(new() { Reader = PipeReaderKind.Copying });
                    _reader = _pipe.OpenReader();
                }

                public long Record(FileStream file, ReadOnlySpan<byte> chunk)
                {
                    int length = Math.Min(chunk.Length, 4096);
                    PageBuffer<byte> page = _writer.Rent<byte>(length);
                    chunk[..length].CopyTo(page.Span);
                    _writer.Send(page);
                    return _reader.Forward(file, length);
                }

                public void Dispose()
                {
                    _writer.Dispose();
                    _reader.Dispose();
                    _pipe.Dispose();
                }
            }
            """,
        ["DigestBeforeSend"] = """
            using System.Security.Cryptography;

            public sealed class Archive(SpliceWriter pipe, TextWriter manifest)
            {
                public void Add(string name, ReadOnlySpan<byte> content)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(content.Length);
                    content.CopyTo(page.Span);
                    byte[] digest = SHA256.HashData(page.Span);
                    byte first = content.IsEmpty ? (byte)0 : page[0];
                    pipe.Send(page);
                    manifest.WriteLine($"{Convert.ToHexString(digest)} {first:x2} {name}, {page.Length} bytes");
                }
            }
            """,
        ["EachBranchSendsOrDisposesBoth"] = """
            public sealed class Lanes(SpliceWriter express, SpliceWriter bulk)
            {
                public void Route(PageBuffer<int> small, PageBuffer<int> large, bool hurry)
                {
                    if (hurry)
                    {
                        express.Send(small);
                        large.Span[0] = 0;
                        bulk.Send(large);
                    }
                    else
                    {
                        bulk.Send(large);
                        small.Dispose();
                    }
                }
            }
            """,
        ["GiftWhereWholeElseSend"] = """
            public sealed class ScreenShare(SpliceWriter pipe, int width, int height)
            {
                public void Share(Action<Memory<int>> grab)
                {
                    PageBuffer<int> screen = pipe.Rent<int>(width * height);
                    grab(screen.Memory);
                    if ((long)screen.Length * sizeof(int) % Environment.SystemPageSize == 0)
                    {
                        pipe.Gift(screen);
                    }
                    else
                    {
                        pipe.Send(screen);
                    }
                }
            }
            """,
        ["OwnershipMovesOutThroughTuple"] = """
            using System.Text;

            public static class Maker
            {
                private static (PageBuffer<byte> Page, int Used) Make(SpliceWriter pipe, string text)
                {
                    PageBuffer<byte> page = pipe.Rent<byte>(Encoding.UTF8.GetMaxByteCount(text.Length));
                    int used = Encoding.UTF8.GetBytes(text, page.Span);
                    return (page, used);
                }

                public static int SendLine(SpliceWriter pipe, string text)
                {
                    (PageBuffer<byte> page, int used) = Make(pipe, text + "\n");
                    page[used - 1] = (byte)'\n';
                    pipe.Send(page, used);
                    return used;
                }
            }
            """,
        ["PacketBuilderFinishedBeforeSend"] = """
            public ref struct PacketBuilder(Span<byte> room)
            {
                private Span<byte> _rest = room;

                public void Add(byte value)
                {
                    _rest[0] = value;
                    _rest = _rest[1..];
                }

                public readonly int Free => _rest.Length;
            }

            public sealed class Handshake(SpliceWriter pipe)
            {
                public int Hello(byte version)
                {
                    using PageBuffer<byte> page = pipe.Rent<byte>(8192);
                    var packet = new PacketBuilder(page.Span);
                    packet.Add(0x7F);
                    packet.Add(version);
                    packet.Add(0xFF);
                    int used = page.Length - packet.Free;
                    pipe.Send(page, used);
                    return packet.Free;
                }
            }
            """,
        ["RefParameterReplacedAfterSend"] = """
            public static class PageTurner
            {
                public static void Append(SpliceWriter pipe, ref PageBuffer<char> page, ref int used, string text)
                {
                    if (used + text.Length > page.Length)
                    {
                        Turn(pipe, ref page, used);
                        used = 0;
                    }

                    text.CopyTo(page.Span[used..]);
                    used += text.Length;
                }

                public static void Finish(SpliceWriter pipe, ref PageBuffer<char> page, int used)
                {
                    pipe.Send(page, used);
                    page = default;
                }

                private static void Turn(SpliceWriter pipe, ref PageBuffer<char> page, int used)
                {
                    int length = page.Length;
                    pipe.Send(page, used);
                    page = pipe.Rent<char>(length);
                }
            }
            """,
        ["RentedAndReturnedToCallerOrDisposed"] = """
            public sealed class PageFactory(SpliceWriter pipe)
            {
                public PageBuffer<byte> Load(string path)
                {
                    using FileStream file = File.OpenRead(path);
                    PageBuffer<byte> page = pipe.Rent<byte>((int)file.Length);
                    try
                    {
                        file.ReadExactly(page.Span);
                        return page;
                    }
                    catch
                    {
                        page.Dispose();
                        throw;
                    }
                }

                public bool TryLoad(string path, out PageBuffer<byte> page)
                {
                    if (!File.Exists(path))
                    {
                        page = default;
                        return false;
                    }

                    page = Load(path);
                    return true;
                }

                public void Send(string path)
                {
                    if (TryLoad(path, out PageBuffer<byte> page))
                    {
                        pipe.Send(page);
                    }
                }
            }
            """,
        ["SendTakesAnyLengthNoGift"] = """
            public sealed class Sheet(SpliceWriter pipe)
            {
                private const int PageSize = 4096;

                public void Send(ReadOnlySpan<byte> content)
                {
                    int room = (content.Length + PageSize - 1) / PageSize * PageSize;
                    PageBuffer<byte> buffer = pipe.Rent<byte>(room);
                    content.CopyTo(buffer.Span);
                    pipe.Send(buffer, content.Length);
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers that were given away on some path, or by one of several names.</summary>
internal sealed class PathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["MixerSwap"] = """
            namespace Audio.Mixer;

            /// <summary>Mixes tracks into blocks; two buffers take turns.</summary>
            public sealed class MixerSwap(SpliceWriter output, short[][] tracks)
            {
                private const int BlockLength = 4096;

                public void Play(int blocks)
                {
                    using PageBuffer<short> first = output.Rent<short>(BlockLength);
                    using PageBuffer<short> second = output.Rent<short>(BlockLength);
                    PageBuffer<short> front = first;
                    PageBuffer<short> back = second;
                    for (int block = 0; block < blocks; block++)
                    {
                        Mix(block * BlockLength, front.Span); //~VMS2004
                        output.Send(front);
                        (front, back) = (back, front);
                    }
                }

                private void Mix(int from, Span<short> block)
                {
                    for (int i = 0; i < block.Length; i++)
                    {
                        int sum = 0;
                        foreach (short[] track in tracks)
                        {
                            sum += from + i < track.Length ? track[from + i] : 0;
                        }

                        block[i] = (short)Math.Clamp(sum, short.MinValue, short.MaxValue);
                    }
                }
            }
            """,
        ["PageIndex"] = """
            namespace Database.Pages;

            public sealed class PageIndex(SpliceWriter replica, int pageSize)
            {
                private const byte Corrupt = 0xEE;
                private readonly Dictionary<long, long> _offsets = [];
                private long _offset;

                public bool Replicate(long key, Stream file)
                {
                    using PageBuffer<byte> page = replica.Rent<byte>(pageSize);
                    try
                    {
                        file.ReadExactly(page.Span);
                        replica.Send(page);
                        _offsets.Add(key, _offset);
                        _offset += pageSize;
                        return true;
                    }
                    catch (ArgumentException)
                    {
                        // This key was there already.
                        page.Span[0] = Corrupt; //~VMS2004
                        return false;
                    }
                }

                public long? Find(long key) => _offsets.TryGetValue(key, out long offset) ? offset : null;
            }
            """,
        ["ReadAhead"] = """
            namespace Tape.Import;

            public static class ReadAhead
            {
                private const int Trailer = 32;

                public static async Task<long> SumAsync(SpliceReader tape, int blockLength, int blocks)
                {
                    using PageBuffer<byte> block = PageBuffer<byte>.Allocate(blockLength);
                    long sum = 0;
                    for (int i = 0; i < blocks; i++)
                    {
                        ValueTask<int> reading = tape.ReadAsync(block);
                        block.Span[^Trailer..].Clear(); //~VMS2004
                        int read = await reading;
                        if (read == 0)
                        {
                            break;
                        }

                        sum += Sum(block.Span[..read]);
                    }

                    return sum;
                }

                private static long Sum(ReadOnlySpan<byte> bytes)
                {
                    long sum = 0;
                    foreach (byte b in bytes)
                    {
                        sum += b;
                    }

                    return sum;
                }
            }
            """,
        ["WipeKey"] = """
            using System.Security.Cryptography;

            namespace Vault.Pages;

            public enum Route { Inline, Bulk, Spool }

            public static class WipeKey
            {
                /// <summary>Decrypts a block and passes it on. No plain text stays in this process.</summary>
                public static void Open(Aes cipher, ReadOnlySpan<byte> sealedBlock, byte[] vector, SpliceWriter pipe, Stream spool)
                {
                    using PageBuffer<byte> plain = pipe.Rent<byte>(sealedBlock.Length);
                    int length = cipher.DecryptCbc(sealedBlock, vector, plain.Span);
                    Route route = length switch
                    {
                        < 4096 => Route.Inline,
                        < 1 << 20 => Route.Bulk,
                        _ => Route.Spool,
                    };

                    switch (route)
                    {
                        case Route.Inline:
                            pipe.Write<byte>(plain.Span[..length]);
                            break;
                        case Route.Bulk:
                            pipe.Send(plain, length);
                            break;
                        default:
                            spool.Write(plain.Span[..length]);
                            break;
                    }

                    plain.Span.Clear(); //~VMS2004
                }
            }
            """,
    };
}

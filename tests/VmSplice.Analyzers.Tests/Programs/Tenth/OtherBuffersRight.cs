namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class OtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TileBorderFirst"] = """
            using System.Runtime.InteropServices;

            namespace Imaging.Tiles;

            public sealed class TileBorderFirst(SpliceWriter pipe, int width, int height)
            {
                /// <summary>Tiles at the edge get a border; the number of bytes that went out is counted.</summary>
                public long Stream(ReadOnlySpan<ushort> image, int stride, int columns, int rows)
                {
                    long bytes = 0;
                    for (int row = 0; row < rows; row++)
                    {
                        for (int column = 0; column < columns; column++)
                        {
                            using PageBuffer<byte> buffer = pipe.Rent<byte>(width * height * sizeof(ushort));
                            Span<ushort> pixels = MemoryMarshal.Cast<byte, ushort>(buffer.Span);
                            for (int y = 0; y < height; y++)
                            {
                                int from = (((row * height) + y) * stride) + (column * width);
                                image.Slice(from, width).CopyTo(pixels[(y * width)..]);
                            }

                            if (row == 0 || row == rows - 1)
                            {
                                Frame(pixels);
                            }

                            pipe.Send(buffer);
                            bytes += buffer.Length;
                        }
                    }

                    return bytes;
                }

                private void Frame(Span<ushort> pixels)
                {
                    pixels[..width].Fill(ushort.MaxValue);
                    pixels[^width..].Fill(ushort.MaxValue);
                }
            }
            """,
        ["WaveStart"] = """
            using System.Runtime.InteropServices;

            namespace Formats.Wave;

            [StructLayout(LayoutKind.Sequential, Pack = 1)]
            internal struct RiffHeader
            {
                public uint Magic, Size, Format, Chunk, ChunkSize;
                public ushort Encoding, Channels;
                public uint Rate, ByteRate;
                public ushort Align, Bits;
                public uint Data, DataSize;
            }

            /// <summary>The header lies on the stack and is copied into the pipe; the samples lie in pages that move.</summary>
            public static class WaveStart
            {
                public static void Send(SpliceWriter player, int rate, ushort channels, ReadOnlySpan<short> samples)
                {
                    uint bytes = (uint)samples.Length * sizeof(short);
                    RiffHeader header = new() { Magic = 0x46464952, Size = 36 + bytes, Format = 0x45564157, Chunk = 0x20746D66, ChunkSize = 16 };
                    (header.Encoding, header.Channels, header.Rate) = (1, channels, (uint)rate);
                    (header.Align, header.Bits, header.ByteRate) = ((ushort)(2 * channels), 16, (uint)(2 * channels * rate));
                    (header.Data, header.DataSize) = (0x61746164, bytes);

                    ReadOnlySpan<RiffHeader> one = new(in header);
                    player.Write(MemoryMarshal.AsBytes(one));
                    header = default;

                    using PageBuffer<short> block = player.Rent<short>(samples.Length);
                    samples.CopyTo(block.Span);
                    player.Send(block);
                }
            }
            """,
        ["WipeWhatStays"] = """
            using System.Security.Cryptography;

            namespace Vault.Pages;

            public enum Way { Inline, Bulk, Spool }

            public static class WipeWhatStays
            {
                public static void Open(Aes cipher, ReadOnlySpan<byte> sealedBlock, byte[] vector, SpliceWriter pipe, Stream spool)
                {
                    using PageBuffer<byte> plain = pipe.Rent<byte>(sealedBlock.Length);
                    int length = cipher.DecryptCbc(sealedBlock, vector, plain.Span);
                    Way way = length switch
                    {
                        < 4096 => Way.Inline,
                        < 1 << 20 => Way.Bulk,
                        _ => Way.Spool,
                    };

                    switch (way)
                    {
                        case Way.Inline:
                            pipe.Write<byte>(plain.Span[..length]);
                            break;
                        case Way.Bulk:
                            pipe.Send(plain, length);
                            return;
                        default:
                            spool.Write(plain.Span[..length]);
                            break;
                    }

                    plain.Span.Clear();
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Writes to buffers that were sent, gifted or frozen.</summary>
internal sealed class MoreWritesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StampOnFrozen"] = """
            using System.Runtime.InteropServices;

            namespace Broadcast.Preamble;

            public sealed class PreambleSender : IDisposable
            {
                private readonly FrozenPages<int> _preamble;

                public PreambleSender(int channels)
                {
                    PageBuffer<int> buffer = PageBuffer<int>.Allocate(1024);
                    Span<int> words = buffer.Span;
                    words[0] = 0x50524531;
                    for (int i = 0; i < channels; i++)
                    {
                        words[i + 8] = i;
                    }

                    _preamble = buffer.Freeze();
                    WriteLength(words, channels); //~VMS2012
                }

                private static void WriteLength(Span<int> words, int channels)
                {
                    ref int length = ref MemoryMarshal.GetReference(words[1..]);
                    length = channels * sizeof(int);
                }

                public void SendTo(SpliceWriter listener) => listener.Send(_preamble);

                public void Dispose() => _preamble.Dispose();
            }
            """,
        ["GiftedThenCleared"] = """
            using System.Runtime.InteropServices;

            namespace Native.Gifts;

            public sealed unsafe class GiftSender(SafeHandle pipe)
            {
                public void SendSecret(ReadOnlySpan<byte> secret)
                {
                    nuint page = (nuint)Environment.SystemPageSize;
                    nuint length = 4 * page;
                    if ((nuint)secret.Length > length)
                    {
                        throw new ArgumentException("The secret is too long.", nameof(secret));
                    }

                    byte* pages = (byte*)NativeMemory.AlignedAlloc(length, page);
                    Span<byte> content = new(pages, (int)length);
                    content.Clear();
                    secret.CopyTo(content);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pages, length), SpliceFlags.Gift);
                    content.Clear(); //~VMS2001
                    if (sent != (nint)length)
                    {
                        throw new IOException($"The pipe took {sent} bytes of {length}.");
                    }
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Native memory that an object owns, and right.</summary>
internal sealed class OwnersOfNativeMemoryRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["KeptUntilTheReaderAnswered"] = """
            public sealed unsafe class Tile : IDisposable
            {
                private void* _start;

                public Tile(int length)
                {
                    Length = length;
                    _start = NativeMemory.AllocZeroed((nuint)length);
                }

                public int Length { get; }

                public nint Address => (nint)_start;

                public void Dispose()
                {
                    NativeMemory.Free(_start);
                    _start = null;
                }
            }

            public static class Push
            {
                public static bool Run(SafeHandle pipe, Stream answers, int length)
                {
                    var tile = new Tile(length);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(tile.Address, (nuint)tile.Length), SpliceFlags.None);
                    bool isRead = answers.ReadByte() == 1;
                    tile.Dispose();
                    return isRead && sent == length;
                }
            }
            """,
        ["NeverGiven"] = """
            public sealed unsafe class Tile : IDisposable
            {
                private readonly void* _start;

                public Tile(int length) => _start = NativeMemory.AllocZeroed((nuint)length);

                public Span<byte> Span => new(_start, 16);

                public void Dispose() => NativeMemory.Free(_start);
            }

            public static class Push
            {
                public static nint Run(SafeHandle pipe, FrozenPages<byte> pages, int length)
                {
                    using var tile = new Tile(length);
                    pages.Span[..16].CopyTo(tile.Span);
                    return RawPipe.VmSplice(pipe, new IoVec(pages.Address, (nuint)pages.Length), SpliceFlags.None);
                }
            }
            """,
        ["OneTileSentAnotherFreed"] = """
            public sealed unsafe class Tile : IDisposable
            {
                private readonly void* _start;

                public Tile(int length) => _start = NativeMemory.AllocZeroed((nuint)length);

                public nint Address => (nint)_start;

                public void Dispose() => NativeMemory.Free(_start);
            }

            public sealed class Push
            {
                private Tile? _kept;

                public nint Run(SafeHandle pipe, int length)
                {
                    var sent = new Tile(length);
                    var scratch = new Tile(length);
                    nint count = RawPipe.VmSplice(pipe, new IoVec(sent.Address, (nuint)length), SpliceFlags.None);
                    scratch.Dispose();
                    _kept = sent;
                    return count;
                }
            }
            """,
        ["FreedWhereNothingWasTaken"] = """
            public sealed unsafe class Tile : IDisposable
            {
                private void* _start;

                public Tile(int length) => _start = NativeMemory.AllocZeroed((nuint)length);

                public nint Address => (nint)_start;

                public void Dispose()
                {
                    NativeMemory.Free(_start);
                    _start = null;
                }
            }

            public static class Push
            {
                public static nint Run(SafeHandle pipe, int length)
                {
                    var tile = new Tile(length);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(tile.Address, (nuint)length), SpliceFlags.None);
                    if (sent <= 0)
                    {
                        tile.Dispose();
                    }

                    return sent;
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Native memory that an object owns.</summary>
internal sealed class OwnersOfNativeMemoryWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TileThatDisposes"] = """
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
                public static bool Run(SafeHandle pipe, int length)
                {
                    var tile = new Tile(length);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(tile.Address, (nuint)tile.Length), SpliceFlags.None);
                    tile.Dispose(); //~VMS2007
                    return sent == length;
                }
            }
            """,
        ["BlockInAUsing"] = """
            public sealed unsafe class Block(nuint length) : IDisposable
            {
                public byte* Start { get; } = (byte*)NativeMemory.Alloc(length);

                public nuint Length => length;

                public void Dispose() => NativeMemory.Free(Start);
            }

            public static unsafe class Push
            {
                public static nint Run(SafeHandle pipe, nuint length)
                {
                    using var block = new Block(length); //~VMS2007
                    return RawPipe.VmSplice(pipe, new IoVec(block.Start, block.Length), SpliceFlags.None);
                }
            }
            """,
        ["FreeMethod"] = """
            public sealed class Block
            {
                private readonly nint _at;

                public Block(int length)
                {
                    _at = Marshal.AllocHGlobal(length);
                    Length = length;
                }

                public int Length { get; }

                public nint At() => _at;

                public void Free() => Marshal.FreeHGlobal(_at);
            }

            public static class Push
            {
                public static nint Run(SafeHandle pipe, int length)
                {
                    var block = new Block(length);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(block.At(), (nuint)block.Length), SpliceFlags.None);
                    block.Free(); //~VMS2007
                    return sent;
                }
            }
            """,
        ["StructureThatOwns"] = """
            public readonly unsafe struct Block : IDisposable
            {
                public readonly byte* Start;

                public readonly int Length;

                public Block(int length)
                {
                    Start = (byte*)NativeMemory.Alloc((nuint)length);
                    Length = length;
                }

                public void Dispose() => NativeMemory.Free(Start);
            }

            public static unsafe class Push
            {
                public static nint Run(SafeHandle pipe, int length)
                {
                    var block = new Block(length);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(block.Start, (nuint)block.Length), SpliceFlags.None);
                    block.Dispose(); //~VMS2007
                    return sent;
                }
            }
            """,
        ["MadeByAFactory"] = """
            public sealed unsafe class Block : IDisposable
            {
                private readonly byte* _start;

                private Block(byte* start) => _start = start;

                public static Block Of(nuint length) => new((byte*)NativeMemory.Alloc(length));

                public byte* Start => _start;

                public void Dispose() => NativeMemory.Free(_start);
            }

            public static unsafe class Push
            {
                public static nint Run(SafeHandle pipe, nuint length)
                {
                    Block block = Block.Of(length);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(block.Start, length), SpliceFlags.None);
                    block.Dispose(); //~VMS2007
                    return sent;
                }
            }
            """,
    };
}

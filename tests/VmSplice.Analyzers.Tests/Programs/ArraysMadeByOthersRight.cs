namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Arrays that the base library or a method in source makes, and texts, for the raw call, and right.</summary>
internal sealed class ArraysMadeByOthersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PinnedArrayOfAHelper"] = """
            public static unsafe class PinnedByHelper
            {
                public static nint Send(SafeHandle pipe, int count)
                {
                    byte[] bytes = Ramp(count);
                    nint at = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
                    return RawPipe.VmSplice(pipe, new IoVec(at, (nuint)bytes.Length), SpliceFlags.None);
                }

                private static byte[] Ramp(int count)
                {
                    byte[] ramp = GC.AllocateArray<byte>(count, pinned: true);
                    for (int i = 0; i < count; i++)
                    {
                        ramp[i] = (byte)i;
                    }

                    return ramp;
                }
            }
            """,
        ["ArrayThatIsCopied"] = """
            public static class Copied
            {
                public static void Send(SpliceWriter writer, IEnumerable<byte> values)
                {
                    byte[] bytes = values.ToArray();
                    writer.Write(bytes);
                }
            }
            """,
        ["ArrayThatIsCopiedIntoPages"] = """
            public static class CopiedIntoPages
            {
                public static nint Send(SafeHandle pipe, IEnumerable<byte> values)
                {
                    byte[] bytes = [.. values];
                    PageBuffer<byte> pages = PageBuffer<byte>.Allocate(bytes.Length);
                    bytes.CopyTo(pages.Span);
                    return RawPipe.VmSplice(pipe, new IoVec(pages.Address, (nuint)pages.Length), SpliceFlags.None);
                }
            }
            """,
        ["ArrayOfTheCaller"] = """
            public static class OfTheCaller
            {
                public static nint Send(SafeHandle pipe, byte[] pinned)
                {
                    nint at = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
                    return RawPipe.VmSplice(pipe, new IoVec(at, (nuint)pinned.Length), SpliceFlags.None);
                }
            }
            """,
        ["ArrayOfACache"] = """
            public sealed class Cache
            {
                private static readonly byte[] s_cached = GC.AllocateUninitializedArray<byte>(4096, pinned: true);

                public static nint Send(SafeHandle pipe)
                {
                    byte[] bytes = Get();
                    nint at = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
                    return RawPipe.VmSplice(pipe, new IoVec(at, (nuint)bytes.Length), SpliceFlags.None);
                }

                private static byte[] Get() => s_cached;
            }
            """,
        ["ListOfSegmentsOfAQuery"] = """
            public static class OfSegments
            {
                public static nint Send(SafeHandle pipe, IReadOnlyList<FrozenPages<byte>> pages)
                {
                    IoVec[] segments = pages.Select(static one => new IoVec(one.Address, (nuint)one.Length)).ToArray();
                    nint sent = segments.Length > RawPipe.IovMax ? 0 : RawPipe.VmSplice(pipe, segments);
                    Array.Clear(segments);
                    return sent;
                }
            }
            """,
        ["HandleThatStays"] = """
            public sealed class Keeps : IDisposable
            {
                private GCHandle _pin;

                public nint Send(SafeHandle pipe, IEnumerable<byte> values)
                {
                    byte[] bytes = values.ToArray();
                    _pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
                    return RawPipe.VmSplice(pipe, new IoVec(_pin.AddrOfPinnedObject(), (nuint)bytes.Length), SpliceFlags.None);
                }

                public void Dispose() => _pin.Free();
            }
            """,
        ["ConstantText"] = """
            public static unsafe class Constant
            {
                public static nint Log(SafeHandle logger)
                {
                    const string Statement = "select 1";
                    fixed (char* text = Statement)
                    {
                        byte* at = (byte*)text;
                        return RawPipe.VmSplice(logger, new IoVec(at, (nuint)Statement.Length * sizeof(char)), SpliceFlags.None);
                    }
                }
            }
            """,
    };
}

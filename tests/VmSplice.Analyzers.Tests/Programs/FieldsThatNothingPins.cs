namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Arrays in readonly fields, whose address is taken without a pin.</summary>
internal sealed class FieldsThatNothingPins : IPrograms
{
    private const string ByMarshal = "nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_ring, start);";
    private const string Made = "private readonly short[] _ring = new short[1024];";

    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Marshal"] = Ring(Made, ByMarshal, " //~VMS2006"),
        ["MarshalOfThis"] = Ring(Made, "nint address = Marshal.UnsafeAddrOfPinnedArrayElement(this._ring, start);", " //~VMS2006"),
        ["Reference"] = Ring(Made, "nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_ring));", " //~VMS2006"),
        ["ReferenceToAnElement"] = Ring(Made, "nint address = (nint)Unsafe.AsPointer(ref _ring[start]);", " //~VMS2006"),
        ["Static"] = Ring("private static readonly short[] _ring = new short[1024];", ByMarshal, " //~VMS2006"),
        ["Initialized"] = Ring("private readonly short[] _ring = { 1, 2, 3, 4 };", ByMarshal, " //~VMS2006"),
        ["PinnedArray"] = Ring("private readonly short[] _ring = GC.AllocateArray<short>(1024, pinned: true);", ByMarshal),
        ["PinnedByAMember"] = Ring(
            Made + " private GCHandle _pin; public void Open() => _pin = GCHandle.Alloc(_ring, GCHandleType.Pinned); public void Close() => _pin.Free();",
            ByMarshal),
        ["GivenToSomebodyWhoMayPin"] = Ring(Made + " public Ring(List<object> pinned) => pinned.Add(_ring);", ByMarshal),
        ["ShownToTheCaller"] = Ring(Made + " public short[] Samples => _ring;", ByMarshal),
        ["MadeElsewhere"] = Ring("private readonly short[] _ring = Arrays.Make();", ByMarshal, "",
            "public static class Arrays { public static Func<short[]> Source { get; set; } = null!; public static short[] Make() => Source(); }"),
        ["MadeByTheConstructor"] = Ring("private readonly short[] _ring; public Ring(short[] ring) => _ring = ring;", ByMarshal),
        ["NotReadonly"] = Ring("private short[] _ring = new short[1024]; public void Grow(short[] larger) => _ring = larger;", ByMarshal),
        ["Local"] = Ring("private int _start;", "short[] ring = new short[64]; nint address = Marshal.UnsafeAddrOfPinnedArrayElement(ring, start + _start++);",
            " //~VMS2006", "", fill: ""),
    };

    private static string Ring(string field, string address, string mark = "", string types = "", string fill = "_ring[at & 255] = sample;") => $$"""
        {{types}}
        public sealed unsafe class Ring
        {
            {{field}}

            public void Put(int at, short sample)
            {
                {{fill}}
            }

            public nint Drain(SafeHandle pipe, int start, int count)
            {
                {{address}}
                nint taken = RawPipe.VmSplice(pipe, new IoVec(address, (nuint)count * sizeof(short)), SpliceFlags.None);{{mark}}
                return taken;
            }
        }
        """;
}

using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Fact]
    public void PlainNumbers_LayoutAndFactories() => Match("""
        namespace Demo;

        [VmSplice.Spliceable]
        public partial struct Tick { public long Time; public double Price; public int Size; public int Venue; }
        """);

    [Fact]
    public void BoolAndEnums_Validated() => Match("""
        namespace Demo;

        public enum Side : byte { Buy = 1, Sell = 2, Short = 8 }

        [System.Flags]
        public enum Flags : byte { None = 0, Hidden = 1, Iceberg = 2 }

        [VmSplice.Spliceable]
        public partial struct Order { public int Id; public Side Side; public Flags Flags; public bool Open; public Level Level; }

        public enum Level : byte { Low, Mid, High }
        """);

    [Fact]
    public void NestedRecordsAndArrays_Flattened() => Match("""
        using System.Runtime.CompilerServices;

        namespace Demo;

        [VmSplice.Spliceable]
        public readonly partial record struct Header(int Id, Kind Kind);

        public enum Kind { None, Data, End }

        [InlineArray(4)]
        public struct Headers { private Header _first; }

        [InlineArray(6)]
        public struct Flags { private bool _first; }

        [VmSplice.Spliceable]
        public unsafe partial struct Frame
        {
            public Header Header;
            public Headers Older;
            public Flags Flags;
            public fixed ushort Pixels[5];
        }
        """);

    [Fact]
    public void TextsAndLists_SaidWithTheirItems() => Match("""
        using VmSplice;

        namespace Demo;

        public enum Level { Debug, Warning, Error }

        [Spliceable]
        public readonly partial record struct Header(long Time, SpliceText Host);

        [Spliceable]
        public partial struct Span { public long Start; public int Length; public Level Level; }

        [Spliceable]
        public partial struct LogEvent
        {
            public Header Header;
            public SpliceText Message;
            public SpliceList<double> Values;
            public SpliceList<Span> Spans;
        }
        """);

    [Fact]
    public void FixedTexts_PropertiesOfStrings() => Match("""
        using System.Runtime.CompilerServices;
        using VmSplice;

        namespace Demo;

        [InlineArray(8)] public struct Letters { private byte _first; }
        [InlineArray(4)] public struct Characters { private char _first; }

        [Spliceable]
        public partial struct Instrument
        {
            public long Id;
            [FixedText] public Letters Symbol;
            [FixedText(Truncates = true)] internal Characters Venue { get; set; }
            [FixedText] public readonly Letters Fixed;
        }
        """);

    [Fact]
    public void FieldsOfLaterVersions_EarlierLayoutsAndDefaults() => Match("""
        using VmSplice;

        namespace Demo;

        public enum Venue : short { Paris = 3, Vienna = 5 }

        [Spliceable]
        public partial struct Order
        {
            public long Id;
            [Since(2, Default = 1.5)] public double Price;
            [Since(3, Default = Venue.Vienna)] public Venue Venue { get; set; }
            [Since(3, Default = true)] public bool Open;
            [Since(3)] public byte Depth;
            [Since(3, Default = -2)] public int Size;
        }
        """);

    [Fact]
    public void NestedInContainersWithKeywordNames_Reopened() => Match("""
        namespace @namespace.Data;

        internal static partial class @class
        {
            public partial interface IOuter
            {
                public partial record Middle
                {
                    [VmSplice.Spliceable]
                    private protected partial struct @struct { internal int @int; }
                }
            }
        }
        """);

    [Fact]
    public void GlobalNamespaceWithOwnFactories_FactoriesLeftOut() => Match("""
        using System.Runtime.InteropServices;

        [VmSplice.Spliceable, StructLayout(LayoutKind.Explicit)]
        internal partial struct Pair
        {
            [FieldOffset(4)] internal int Second;
            [FieldOffset(0)] internal int First;
            internal static void CreateWriter() { }
            internal static int CreateReader => 1;
        }
        """);

    [Fact]
    public void BufferWithEveryKindOfSegment_LayoutChecksAndMembers() => Match("""
        using System;
        using System.Runtime.CompilerServices;

        namespace Demo;

        public enum Kind : byte { Data = 1, End = 2 }

        [VmSplice.Spliceable]
        public partial struct FrameHeader { public int Id; public Kind Kind; public bool Open; public short Rest; }

        [VmSplice.Spliceable]
        public partial struct Rgba32 { public byte R, G, B, A; }

        [InlineArray(3)]
        public struct Switches { private bool _first; }

        [VmSplice.Spliceable]
        public sealed partial class Frame
        {
            [VmSplice.Segment] public partial ref FrameHeader Header { get; }
            [VmSplice.Segment(Length = 1920 * 1080)] public partial Span<Rgba32> Pixels { get; }
            [VmSplice.Segment(MaxLength = 65536)] public partial Span<byte> Caption { get; }
            [VmSplice.Segment(MaxLength = 10)] internal partial Span<Kind> Kinds { get; }
            [VmSplice.Segment(Length = 2)] private partial Span<Switches> Switches { get; }
        }
        """);

    [Fact]
    public void BufferWithTextsAndLists_ViewsOfTheirSegments() => Match("""
        using VmSplice;

        namespace Demo;

        [Spliceable]
        public partial struct Line { public double Price; public int Count; public short Article; public bool IsUrgent; public byte Rest; }

        [Spliceable]
        public sealed partial class Order
        {
            [Segment] public partial ref long Number { get; }
            [Segment(MaxLength = 100)] public partial TextSegment Customer { get; }
            [Segment(MaxLength = 5000)] internal partial CharSegment Note { get; }
            [Segment(MaxLength = 1000)] public partial ListSegment<Line> Lines { get; }
            [Segment(MaxLength = 8)] private partial ListSegment<bool> @switch { get; }
            public int LinesLength => 3;
        }
        """);

    [Fact]
    public void BufferInContainersWithKeywordNames_Reopened() => Match("""
        using System;

        namespace @namespace;

        internal static partial class @class
        {
            [VmSplice.Spliceable]
            private sealed partial class @event
            {
                [VmSplice.Segment(MaxLength = 5)] internal partial Span<int> @int { get; }
                public int State => 0;
                public static int Rent, Receive, TryReceive, Allocate;
            }
        }
        """);

    [Fact]
    public void WrongBuffer_StubThatThrows() => Match("""
        using System;

        namespace @namespace;

        internal static partial class @class
        {
            [VmSplice.Spliceable]
            private sealed partial class @event
            {
                [VmSplice.Segment(Length = 5)] internal partial Span<string?> @int { get; private set; }
                [VmSplice.Segment] public partial ref (int Left, int Right) Pair { get; }
                [VmSplice.Segment(MaxLength = 5)] private partial Span<byte> Caption { get; }
                [VmSplice.Segment] public static partial long Id { get; }
                [VmSplice.Segment] public int Written => 3;
                public int State => 0;
            }
        }
        """);

    [Fact]
    public void ClassThatCannotBeABuffer_StubOfItsPropertiesAlone() => Match("""
        [VmSplice.Spliceable]
        internal partial class Frame<T>
            where T : unmanaged
        {
            [VmSplice.Segment] public partial ref T Value { get; }
            public void Dispose() { }
        }
        """);

    [Fact]
    public void SegmentsOfNoBuffer_StubOfItsPropertiesAlone() => Match("""
        [VmSplice.Spliceable]
        internal partial record struct Tick(int Id)
        {
            [VmSplice.Segment] public partial ref readonly int Value { get; }
            [VmSplice.Segment] public partial int this[int index] { get; init; }
        }
        """);

    [Fact]
    public void WrongRecord_StubThatThrows() => Match("""
        namespace Demo;

        [VmSplice.Spliceable]
        internal partial struct Tick
        {
            internal byte Tag;
            internal int Id;
            internal static int CreateReader => 1;
        }
        """);

    private static void Match(string source, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
        => Snapshot.Match(Generated.From(source).AssertClean("CS1591", "CS0649", "CS0169"), test: test);
}

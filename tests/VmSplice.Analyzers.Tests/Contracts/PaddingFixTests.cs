using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The two fixes of VMS1004.</summary>
public sealed class PaddingFixTests
{
    [Fact]
    public Task OrderSuffices_FieldsOrdered()
        => VerifyAsync(
            "Order",
            """
            [Spliceable]
            public partial struct Tick
            {
                public byte Venue;
                // the price
                public double Price;

                public readonly int Sum() => Venue + Kind;

                public byte Kind, Side;
                public int Size { get; set; }
                public static long Count;
                public byte Last;
            }
            """,
            """
            [Spliceable]
            public partial struct Tick
            {
                // the price
                public double Price;
                public int Size { get; set; }

                public readonly int Sum() => Venue + Kind;

                public byte Venue;
                public byte Kind, Side;
                public static long Count;
                public byte Last;
            }
            """);

    [Fact]
    public Task SeveralGaps_EachFilled()
        => VerifyAsync(
            "Fill",
            """
            [Spliceable]
            public partial struct Tick
            {
                public byte Venue;
                public long Time;
                public bool Open { get; set; }
                public int Size;
            }
            """,
            """
            [Spliceable]
            public partial struct Tick
            {
                public byte Venue;
                private readonly byte _padding1;
                private readonly ushort _padding2;
                private readonly uint _padding4;
                public long Time;
                public bool Open { get; set; }
                private readonly byte _padding17;
                private readonly ushort _padding18;
                public int Size;
            }
            """);

    [Fact]
    public Task ExplicitLayout_FilledWithOffset()
        => VerifyAsync(
            "Fill",
            """
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(0)] public long Time;
                [FieldOffset(8)] public int Size;
            }
            """,
            """
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Tick
            {
                [FieldOffset(0)] public long Time;
                [FieldOffset(8)] public int Size;
                [FieldOffset(12)] private readonly uint _padding12;
            }
            """);

    [Fact]
    public Task StatedSizeAndTakenName_FilledWithoutRaisingAlignment()
        => VerifyAsync(
            "Fill",
            """
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Sequential, Size = 16)]
            public readonly partial struct Tick
            {
                public readonly int Size;
                public readonly short _padding8;
            }
            """,
            """
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Sequential, Size = 16)]
            public readonly partial struct Tick
            {
                public readonly int Size;
                public readonly short _padding8;
                private readonly ushort _padding6;
                private readonly uint _padding8_;
                private readonly uint _padding12;
            }
            """);

    [Fact]
    public Task FilledStruct_ConstructorsStillCompile()
        => VerifyAsync(
            "Fill",
            """
            [Spliceable]
            public partial struct Tick
            {
                public long Time;
                public byte Venue;

                public Tick(long time) { Time = time; Venue = 1; }

                public static Tick Create() => new(3) { Venue = 2 };
            }
            """,
            """
            [Spliceable]
            public partial struct Tick
            {
                public long Time;
                public byte Venue;
                private readonly byte _padding9;
                private readonly ushort _padding10;
                private readonly uint _padding12;

                public Tick(long time) { Time = time; Venue = 1; }

                public static Tick Create() => new(3) { Venue = 2 };
            }
            """);

    [Theory]
    [InlineData("[Spliceable] public partial record struct Tick(byte Venue, long Time);")]
    [InlineData(
        """
        [Spliceable, System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential, Size = 1 << 22)]
        public partial struct Tick
        {
            public long Time;
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial record struct Tick
        {
            public byte Venue;
            public long Time;
            public int Size;
            public short A;
            public byte B;
        }
        """,
        "Order")]
    [InlineData(
        """
        [Spliceable] public partial struct Tick
        {
            static int s_next;
            public byte Venue = (byte)s_next++;
            public long Time = s_next++;
            public int Size;
            public short A;
            public byte B;
            public Tick() { }
        }
        """,
        "Order")]
    public Task PositionalOrVeryLargeOrMeaningInTheOrder_NotOffered(string source, string? title = null)
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, PaddingFix>(source, new() { Title = title });

    [Fact]
    public Task StatedSize_FilledWithInlineArray()
        => VerifyAsync(
            "Fill",
            """
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Sequential, Size = 64)]
            public partial struct Tick
            {
                public long Time;
                public int Size; // how many
            }
            """,
            """
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Sequential, Size = 64)]
            public partial struct Tick
            {
                public long Time;
                public int Size; // how many
                private readonly Padding12 _padding12;
                [InlineArray(52)] private struct Padding12 { private byte _first; }
            }
            """);

    [Fact]
    public Task TrailingPaddingRemainsInAnyOrder_OrderNotOffered()
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, PaddingFix>(
            "[Spliceable] public partial struct Tick { public long Time; public byte Venue; }", new() { Title = "Order" });

    private static Task VerifyAsync(string title, string source, string expected)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, PaddingFix>(source, expected, new() { Title = title });
}

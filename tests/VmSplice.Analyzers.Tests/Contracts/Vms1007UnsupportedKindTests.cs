using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1007UnsupportedKindTests
{
    private const string Id = "VMS1007";

    [Theory]
    [InlineData("[Spliceable] public static partial class [|Frame|] { }")]
    [InlineData("[Spliceable] public abstract partial class [|Frame|] { [Segment] public ref int Id => throw new Exception(); }")]
    [InlineData("[Spliceable] public partial class [|Frame|]<T> { [Segment] public ref int Id => throw new Exception(); }")]
    [InlineData("public class Base { } [Spliceable] public partial class [|Frame|] : Base { [Segment] public ref int Id => throw new Exception(); }")]
    [InlineData("[Spliceable] public partial class [|Frame|] { public Frame() { } [Segment] public ref int Id => throw new Exception(); }")]
    [InlineData("[Spliceable] public partial class [|Frame|](int seed) { public int Seed => seed; [Segment] public ref int Id => throw new Exception(); }")]
    [InlineData("[Spliceable] public partial class [|Frame|] { public void Dispose() { } [Segment] public ref int Id => throw new Exception(); }")]
    [InlineData(
        """
        [Spliceable] public partial class [|Frame|]
        {
            public required string Name { get; set; }
            [Segment] public ref int Id => throw new Exception();
        }
        """)]
    [InlineData("[Spliceable] file partial class [|Frame|] { [Segment] public ref int Id => throw new Exception(); }")]
    [InlineData("[Spliceable] public partial record [|Record|](int Id);")]
    [InlineData("[Spliceable] public partial struct [|Record|] { }")]
    [InlineData("[Spliceable] public partial struct [|Record|] { public static int Id; public const int Max = 3; }")]
    [InlineData("[Spliceable] public partial struct [|Record|]<T> { public int Id; }")]
    [InlineData("[Spliceable] public ref partial struct [|Record|] { public int Id; }")]
    [InlineData("public partial class Outer<T> { [Spliceable] public partial struct [|Record|] { public int Id; } }")]
    [InlineData("[Spliceable] file partial struct [|Record|] { public int Id; }")]
    [InlineData("file partial class Outer { [Spliceable] public partial struct [|Record|] { public int Id; } }")]
    [InlineData("[Spliceable] public partial struct Record(int [|seed|]) { public int Id; public readonly int Next => Id + seed; }")]
    [InlineData(
        """
        [Spliceable] public partial struct Record(int [|seed|])
        {
            public int Id = seed;
            public readonly Func<int> Next() { int s = seed; return () => s; }
        }
        """)]
    [InlineData("[Spliceable, System.Runtime.CompilerServices.InlineArray(1 << 21)] public partial struct [|Record|] { private byte _first; }")]
    [InlineData("[Spliceable] public unsafe partial struct [|Record|] { public fixed byte A[100_000_000]; public fixed byte B[100_000_000]; }")]
    [InlineData(
        """
        [Spliceable] public partial struct [|Record|] : ISpliceable<Record>
        {
            public int Id;
            static VmSplice.CompilerServices.RecordLayout ISpliceable<Record>.Layout => null!;
            static bool ISpliceable<Record>.NeedsValidation => false;
            static int ISpliceable<Record>.IndexOfInvalidField(ref readonly Record record) => -1;
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial struct [|Record|] : ISpliceable<Record>
        {
            public int Id;
            public static VmSplice.CompilerServices.RecordLayout Layout => null!;
            public static bool NeedsValidation => false;
            public static int IndexOfInvalidField(ref readonly Record record) => -1;
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial class [|Frame|] : ISpliceableBuffer<Frame>
        {
            static VmSplice.CompilerServices.BufferLayout ISpliceableBuffer<Frame>.Layout => null!;
            VmSplice.CompilerServices.BufferPages ISpliceableBuffer<Frame>.Pages => null!;
            static Frame ISpliceableBuffer<Frame>.Create(VmSplice.CompilerServices.BufferPages pages) => null!;
            static int ISpliceableBuffer<Frame>.IndexOfInvalidElement(VmSplice.CompilerServices.BufferPages pages, int segment) => -1;
            public void Dispose() { }
            [Segment] public partial ref int Id { get; }
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial class [|Frame|]
        {
            private int __pages;
            [Segment] public partial ref int Id { get; }
            public int Next() => __pages++;
        }
        """)]
    [InlineData("[Spliceable] public partial struct Record { [OpenEnum] public int [|Id|]; }")]
    [InlineData(
        """
        [Spliceable] public partial struct Record
        {
            [OpenEnum] public Inner [|Inner|] { get; set; }
        }
        [Spliceable] public partial struct Inner { public DayOfWeek Day; }
        """)]
    [InlineData("[Spliceable] public partial class Frame { [Segment(Length = 4), OpenEnum] public partial Span<byte> [|Row|] { get; } }")]
    public Task KindNotSupported_Reported(string source) => ContractTest.VerifyAsync(Id, source);

    [Theory]
    [InlineData("[Spliceable] public partial struct Record { public int Id; }")]
    [InlineData("[Spliceable] public readonly partial struct Record { public readonly int Id; }")]
    [InlineData("[Spliceable] public partial record struct Record(int Id) { public readonly int Next => Id + 1; }")]
    [InlineData("[Spliceable] public readonly partial record struct Record(int Id);")]
    [InlineData("[Spliceable] public partial struct Record(int seed) { public int Id = seed; public int Next { get; set; } = seed + 1; }")]
    [InlineData(
        """
        [Spliceable] public partial struct Record(int seed)
        {
            public int Id = seed;
            public readonly string Name => nameof(seed);
            public readonly int Other(int other) { int s = other; return s; }
        }
        """)]
    [InlineData("public partial class Outer { internal partial struct Middle { [Spliceable] private partial struct Record { public int Id; } } }")]
    [InlineData("[Spliceable, System.Runtime.CompilerServices.InlineArray(4)] public partial struct Record { private int _first; }")]
    [InlineData("public partial class Plain<T> { public int Id; }")]
    [InlineData("[Spliceable] public partial class Frame { static Frame() { } [Segment] public partial ref int Id { get; } }")]
    [InlineData(
        """
        [Spliceable] public sealed partial class Frame : IEquatable<Frame>
        {
            [Segment] public partial ref int Id { get; }
            public bool Equals(Frame? other) => false;
            public override bool Equals(object? other) => false;
            public override int GetHashCode() => 0;
        }
        """)]
    [InlineData("[Spliceable] public partial struct Record : ISpliceable<Record> { public int Id; }")]
    [InlineData(
        """
        [Spliceable] public partial struct Record
        {
            public int Id;
            public static VmSplice.CompilerServices.RecordLayout Layout => null!;
            public static bool NeedsValidation => false;
            public static int IndexOfInvalidField(ref readonly Record record) => -1;
        }
        """)]
    [InlineData(
        """
        public struct Record : ISpliceable<Record>
        {
            public int Id;
            static VmSplice.CompilerServices.RecordLayout ISpliceable<Record>.Layout => null!;
            static bool ISpliceable<Record>.NeedsValidation => false;
            static int ISpliceable<Record>.IndexOfInvalidField(ref readonly Record record) => -1;
        }
        """)]
    [InlineData("[Spliceable] public partial struct Record { [OpenEnum] public DayOfWeek Day; }")]
    [InlineData("[Spliceable] public partial class Frame { [Segment(Length = 4), OpenEnum] public partial Span<DayOfWeek> Row { get; } }")]
    public Task KindSupported_NotReported(string source) => ContractTest.VerifyAsync(Id, source);

    [Theory]
    [InlineData(
        "[Spliceable] public partial record [|Frame|](int Id);",
        "'Frame' cannot be spliced: 'with' would make a second object that owns the same pages; "
            + "write 'partial class' for a buffer of segments, or 'partial record struct' for values of fixed size")]
    [InlineData("[Spliceable] public partial struct [|Empty|] { }", "'Empty' cannot be spliced: it has no fields; a record needs at least one")]
    [InlineData(
        "[Spliceable] public partial struct Tick(int [|seed|]) { public int Id; public readonly int Next => Id + seed; }",
        "'Tick' cannot be spliced: its members use the constructor's parameter 'seed', which the compiler keeps in a hidden field; declare a field for it")]
    public async Task KindNotSupported_MessageSaysWhyAndWayOut(string source, string message)
        => Assert.Equal(message, (await ContractTest.VerifyAsync(Id, source)).Message);

    [Fact]
    public Task AttributeOnInterface_CompilerAlone()
        => ContractTest.VerifyErrorsAllowedAsync(Id, "[Spliceable] public interface IRecord { }");
}

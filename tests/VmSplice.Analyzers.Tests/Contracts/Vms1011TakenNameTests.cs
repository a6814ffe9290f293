using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

public sealed class Vms1011TakenNameTests
{
    private const string Id = "VMS1011";

    [Theory]
    [InlineData("[Spliceable] public partial class Frame { [Segment] public partial ref int [|Rent|] { get; } }")]
    [InlineData(
        """
        [Spliceable] public partial class Frame
        {
            [Segment] public partial ref int [|State|] { get; }
            [Segment(MaxLength = 4)] public partial Span<int> [|Allocate|] { get; }
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial class Frame
        {
            [Segment] public partial ref int Id { get; }
            private int [|Receive|]() => Id;
            private class [|TryReceive|];
        }
        """)]
    [InlineData("[Spliceable] public partial class [|Rent|] { [Segment] public partial ref int Id { get; } }")]
    [InlineData("[Spliceable] public partial struct Tick { public int [|CreateWriter|]; }")]
    [InlineData("[Spliceable] public partial record struct Tick(int [|CreateReader|]);")]
    [InlineData("[Spliceable] public partial struct Tick { public int Id; public static void [|CreateWriter|](string path) { } }")]
    [InlineData("[Spliceable] public partial struct [|CreateReader|] { public int Id; }")]
    public Task NameTakenByAnotherThing_Reported(string source) => ContractTest.VerifyAsync(Id, source);

    [Theory]
    [InlineData(
        """
        [Spliceable] public partial class Frame
        {
            [Segment] public partial ref int MonthlyRent { get; }
            [Segment] public partial ref int rent { get; }
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial class Frame
        {
            [Segment] public partial ref int Id { get; }
            public static Frame Rent(SpliceWriter writer) => VmSplice.CompilerServices.BufferFactory.Rent<Frame>(writer);
        }
        """)]
    [InlineData(
        """
        [Spliceable] public partial class Frame
        {
            [Segment] public partial ref int Id { get; }
            public PageBufferState State => ((ISpliceableBuffer<Frame>)this).Pages.State;
        }
        """)]
    [InlineData("[Spliceable] public partial struct Tick { public int Id; public static RecordWriter<Tick> CreateWriter(SpliceWriter pipe) => new(pipe); }")]
    [InlineData("[Spliceable] public partial struct Tick { public int Rent, Allocate, State, Receive; }")]
    [InlineData(
        """
        [Spliceable] public partial class Frame
        {
            [Segment] public partial ref int CreateWriter { get; }
            [Segment] public partial ref int CreateReader { get; }
        }
        """)]
    [InlineData("public partial struct Tick { public int CreateWriter; }")]
    public Task NameFreeOrReplaced_NotReported(string source) => ContractTest.VerifyAsync(Id, source);

    [Theory]
    [InlineData(
        """
        [Spliceable] public partial class Frame { [Segment] public partial ref int [|Rent|] { get; } }
        """,
        "'Frame' has a member called 'Rent', so the generated one is left out; rename yours, "
            + "or write 'VmSplice.CompilerServices.BufferFactory.Rent<Frame>(writer)' where you need it")]
    [InlineData(
        """
        [Spliceable] public partial struct [|CreateWriter|] { public int Id; }
        """,
        "'CreateWriter' itself is called 'CreateWriter', so the generated one is left out; "
            + "rename yours, or write 'new RecordWriter<CreateWriter>(writer)' where you need it")]
    public async Task NameTaken_MessageSaysWhatToWriteInstead(string source, string message)
        => Assert.Equal(message, (await ContractTest.VerifyAsync(Id, source)).Message);

    /// <summary>What the message says to write is there.</summary>
    [Fact]
    public Task WhatToWriteInstead_Compiles()
        => AnalyzerTest.VerifyRuleAsync<SpliceableContractAnalyzer>(Id, """
            [Spliceable] public partial struct Tick { public int [|CreateWriter|], [|CreateReader|]; }
            [Spliceable] public partial class Frame
            {
                [Segment] public partial ref int [|State|] { get; }
                public int [|Allocate|], [|Rent|], [|RentUninitialized|], [|Receive|], [|TryReceive|];
            }
            public static class User
            {
                public static void Use(SpliceWriter writer, SpliceReader reader, Frame buffer)
                {
                    _ = new RecordWriter<Tick>(writer);
                    _ = new RecordReader<Tick>(reader);
                    _ = ((ISpliceableBuffer<Frame>)buffer).Pages.State;
                    _ = VmSplice.CompilerServices.BufferFactory.Allocate<Frame>();
                    _ = VmSplice.CompilerServices.BufferFactory.Rent<Frame>(writer);
                    _ = VmSplice.CompilerServices.BufferFactory.RentUninitialized<Frame>(writer);
                    _ = reader.Receive<Frame>();
                    _ = reader.TryReceive<Frame>();
                }
            }
            """);
}

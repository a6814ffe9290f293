using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.Analyzers.Usage;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// Sends and receives that go on in the background: a send takes its buffer with the call, awaited or not; a receive
/// fills its buffer until it is awaited. And spliceable buffers, whose segments are views.
/// </summary>
public sealed class AsyncTests
{
    [Theory]
    [InlineData("VMS2001", "await w.SendAsync(b); [|b[0]|] = 1;")]
    [InlineData("VMS2001", "var t = w.SendAsync(b); [|b[0]|] = 1; await t;")]
    [InlineData("VMS2001", "var m = b.Memory; var t = w.GiftAsync(b); [|m.Span[0]|] = 1; await t;")]
    [InlineData("VMS2002", "await w.SendAsync(b); n = [|b.Length|];")]
    [InlineData("VMS2002", "var m = b.Memory; await w.SendAsync(b).ConfigureAwait(false); n = [|m.Span[0]|];")]
    [InlineData("VMS2008", "await w.SendAsync(b); await w.GiftAsync([|b|]);")]
    [InlineData("VMS2004", "if (n > 3) { await w.SendAsync(b); } [|b[0]|] = 1;")]
    [InlineData("VMS2001", "await w.SendAsync(b); await r.ReadAsync([|b|]);")]
    [InlineData("VMS2001", "w.Send(b); r.Read([|b|]);")]
    [InlineData("VMS2004", "var t = r.ReadAsync(b); w.Send([|b|]); await t;")]
    [InlineData("VMS2004", "var t = r.ReadAsync(b); [|b.Dispose()|]; await t;")]
    [InlineData("VMS2003", "var m = await batches.ReadBatchAsync(); await batches.ReadBatchAsync(); n = [|m.Span[0]|];")]
    [InlineData("VMS2003", "ReadOnlyMemory<int> last = default; await foreach (var m in batches) { last = m; } n = [|last.Span[0]|];")]
    [InlineData("VMS2001", "w.Send(frame); [|frame.Header|] = 1;")]
    [InlineData("VMS2001", "frame.Pixels.Clear(); await w.SendAsync(frame); [|frame.Pixels.Clear()|];")]
    [InlineData("VMS2002", "w.Send(frame); n = [|frame.Header|];")]
    [InlineData("VMS2008", "w.Send(frame); w.Send([|frame|]);")]
    [InlineData("VMS2013", "var f = [|w.Rent<Frame>()|]; f.Header = 1;")]
    [InlineData("VMS2013", "var f = [|Frame.Allocate()|]; f.Header = 1;")]
    public Task Misuse_Reported(string id, string statements) => Verify(id, statements);

    [Theory]
    [InlineData("b[0] = 1; await w.SendAsync(b);")]
    [InlineData("var t = w.SendAsync(b); await t;")]
    [InlineData("await r.ReadAsync(b); b[0] = 1; w.Send(b);")]
    [InlineData("var t = r.ReadAsync(b); n = await t; w.Send(b);")]
    [InlineData("var t = r.ReadAsync(b); n = t.AsTask().GetAwaiter().GetResult(); w.Send(b);")]
    [InlineData("while (n-- > 0) { var one = w.Rent<int>(8); await r.ReadAsync(one); await w.SendAsync(one); }")]
    [InlineData("var m = await batches.ReadBatchAsync(); n = m.Span[0]; m = await batches.ReadBatchAsync(); n = m.Span[0];")]
    [InlineData("await foreach (var m in batches) { n += m.Span[0]; }")]
    [InlineData("using var f = w.Rent<Frame>(); f.Header = 1; f.Pixels.Clear(); w.Send(f);")]
    [InlineData("frame.Header = 1; await w.SendAsync(frame); frame.Dispose();")]
    public Task Right_Silent(string statements) => Verify("-", statements);

    [Theory]
    [InlineData("[|w.SendAsync(b)|];")]
    [InlineData("var t = [|w.GiftAsync(b)|];")]
    [InlineData("[|w.WriteAsync(bytes)|]; await Task.Yield();")]
    public Task NotAwaited_Reported(string statements) =>
        AnalyzerTest.VerifyAsync(Source(statements), Options("VMS4001"), new UnawaitedSendAnalyzer());

    [Theory]
    [InlineData("await w.SendAsync(b);")]
    [InlineData("_ = w.SendAsync(b);")]
    [InlineData("var t = w.SendAsync(b); await t;")]
    [InlineData("Task t = w.SendAsync(b).AsTask(); await Task.WhenAll(t);")]
    public Task Awaited_Silent(string statements) =>
        AnalyzerTest.VerifyAsync(Source(statements), Options("VMS4001"), new UnawaitedSendAnalyzer());

    private static Task<AnalyzerResult> Verify(string id, string statements) =>
        AnalyzerTest.VerifyAsync(Source(statements), Options(id), new LifetimeAnalyzer());

    private static AnalyzerTestOptions Options(string id) => new() { Id = id, ReferenceRuntime = false, RunGenerator = false };

    /// <summary>The surface is declared here, as far as the rules look at it: its names, its annotations.</summary>
    private static string Source(string statements) => $$"""
        using System.Buffers;
        using VmSplice;

        public sealed class Frame : ISpliceableBuffer<Frame>
        {
            private readonly int[] _memory = new int[9];
            public ref int Header => ref _memory[0];
            public Span<int> Pixels => _memory.AsSpan(1);
            public static Frame Allocate() => SpliceableBuffer.Allocate<Frame>();
            public void Dispose() { }
        }

        public class Subject
        {
            public async Task M(SpliceWriter w, SpliceReader r, PageBuffer<int> b, RecordReader<int> batches, Frame frame, ReadOnlyMemory<byte> bytes, int n)
            {
                await Task.Yield();
                {{statements}}
            }
        }

        namespace VmSplice
        {
            public sealed class ConsumesAttribute : Attribute { }
            public sealed class WritesAttribute : Attribute { }
            public interface ISpliceableBuffer<TSelf> : IDisposable where TSelf : class, ISpliceableBuffer<TSelf> { }
            public static class SpliceableBuffer { public static TBuffer Allocate<TBuffer>() where TBuffer : class, ISpliceableBuffer<TBuffer> => null!; }

            public readonly struct PageBuffer<T> : IMemoryOwner<T> where T : unmanaged
            {
                public Memory<T> Memory => default;
                public Span<T> Span => default;
                public int Length => 0;
                public ref T this[int index] => ref Span[index];
                public void Dispose() { }
            }

            public sealed class SpliceWriter
            {
                public PageBuffer<T> Rent<T>(int length) where T : unmanaged => default;
                public TBuffer Rent<TBuffer>() where TBuffer : class, ISpliceableBuffer<TBuffer> => null!;
                public void Send<T>([Consumes] PageBuffer<T> buffer) where T : unmanaged { }
                public void Send<TBuffer>([Consumes] TBuffer buffer, bool header = true) where TBuffer : class, ISpliceableBuffer<TBuffer> { }
                public ValueTask SendAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default) where T : unmanaged => default;
                public ValueTask SendAsync<TBuffer>([Consumes] TBuffer buffer, bool header = true) where TBuffer : class, ISpliceableBuffer<TBuffer> => default;
                public ValueTask GiftAsync<T>([Consumes] PageBuffer<T> buffer, CancellationToken cancellationToken = default) where T : unmanaged => default;
                public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => default;
            }

            public sealed class SpliceReader
            {
                public int Read<T>([Writes] PageBuffer<T> destination) where T : unmanaged => 0;
                public ValueTask<int> ReadAsync<T>([Writes] PageBuffer<T> destination, CancellationToken cancellationToken = default) where T : unmanaged => default;
            }

            public sealed class RecordReader<T> : IAsyncEnumerable<ReadOnlyMemory<T>>
            {
                public ValueTask<ReadOnlyMemory<T>> ReadBatchAsync(CancellationToken cancellationToken = default) => default;
                public IAsyncEnumerator<ReadOnlyMemory<T>> GetAsyncEnumerator(CancellationToken cancellationToken = default) => null!;
            }
        }
        """;
}

using System.Buffers;
using VmSplice.Tests.Async;

#pragma warning disable CA1859 // The interface itself is what is tested.

namespace VmSplice.Tests.Contracts;

/// <summary>The contracts of <see cref="MemoryManager{T}"/> and <see cref="IMemoryOwner{T}"/>: lengths, pins, and use after the end.</summary>
[Trait("Category", "Transport")]
public sealed class MemoryContractTests
{
    [Fact]
    [Covers(
        "PageMemoryManager.GetSpan()", "PageMemoryManager.Pin(Int32)", "PageMemoryManager.Unpin()", "PageMemoryManager.Dispose(Boolean)",
        "PageBuffer.IMemoryOwner.get_Memory()")]
    public void BufferMemory_KeepsTheContract()
    {
        PageBuffer<long> buffer = PageBuffer<long>.Allocate(100);
        IMemoryOwner<long> owner = buffer;
        AssertPins<long>(owner.Memory);
        Memory<long> kept = owner.Memory;
        owner.Dispose();
        AssertGone<long>(kept, "PageBuffer<Int64>");
        Assert.Throws<ObjectDisposedException>(() => owner.Memory);
        PageBuffer<long> empty = PageBuffer<long>.Allocate(0);
        AssertPins<long>(empty.Memory);
        empty.Dispose();
    }

    [Fact]
    [Covers("View.GetSpan()", "View.Pin(Int32)", "View.Unpin()", "View.Dispose(Boolean)")]
    public void FrozenMemory_KeepsTheContract()
    {
        FrozenPages<long> pages = PageBuffer<long>.Allocate(100).Freeze();
        ReadOnlyMemory<long> kept = pages.Memory;
        AssertPins(kept);
        pages.Dispose();
        AssertGone(kept, "FrozenPages<Int64>");
    }

    [Fact]
    [Covers("BatchMemory.GetSpan()", "BatchMemory.Pin(Int32)", "BatchMemory.Unpin()", "BatchMemory.Dispose(Boolean)")]
    public async Task BatchMemory_KeepsTheContractUntilTheReaderMovesOn()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using var writer = new RecordWriter<Tick>(pipe.OpenWriter());
        var reader = new RecordReader<Tick>(pipe.OpenReader());
        ReadOnlyMemory<Tick> before = default;
        for (int i = 0; i < 3; i++)
        {
            writer.Write(Tick.At(i));
            writer.Flush();
            ReadOnlyMemory<Tick> batch = await reader.ReadBatchAsync().InTime();
            AssertPins(batch);
            Assert.True(batch.Span[0].IsAt(i));
            if (i > 0)
            {
                AssertGone(before, "RecordReader<Tick>");
            }

            before = batch;
        }

        writer.Complete();
        Assert.True(reader.ReadBatch().IsEmpty);
        AssertGone(before, "RecordReader<Tick>");
        reader.Dispose();
        AssertGone(before, "RecordReader<Tick>");
    }

    [Fact]
    public async Task BatchesThatAreKept_OfAPipeReaderStayWhatTheyWere()
    {
        const int Count = 20_000;
        ArrayBufferWriter<byte> bytes = new();
        RecordCodec.Encode<Tick>([.. Enumerable.Range(0, Count).Select(i => Tick.At(i))], bytes);
        var source = System.IO.Pipelines.PipeReader.Create(new MemoryStream(bytes.WrittenSpan.ToArray()));
        List<ReadOnlyMemory<Tick>> kept = await source.ReadRecordsAsync<Tick>().ToListAsync();
        long index = 0;
        foreach (ReadOnlyMemory<Tick> batch in kept)
        {
            foreach (Tick tick in batch.Span)
            {
                Assert.True(tick.IsAt(index++));
            }
        }

        Assert.Equal(Count, index);
    }

    private static unsafe void AssertPins<T>(ReadOnlyMemory<T> memory)
        where T : unmanaged
    {
        using (MemoryHandle pin = memory.Pin())
        {
            fixed (T* first = memory.Span)
            {
                Assert.True(first is null || first == pin.Pointer, "a pin is the address of the first element");
            }
        }

        if (memory.Length > 2)
        {
            using MemoryHandle second = memory[1..].Pin();
            fixed (T* first = memory.Span)
            {
                Assert.True(first + 1 == second.Pointer, "a pin of a slice is that of its first element");
            }
        }

        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetMemoryManager<T, MemoryManager<T>>(memory, out MemoryManager<T>? manager));
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.Pin(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.Pin(memory.Length + 1));
        manager.Pin(memory.Length).Dispose();
        manager.Unpin();
        Assert.Equal(memory.Length, manager.GetSpan().Length);
        ((IDisposable)manager).Dispose();
        Assert.Equal(memory.Length, manager.GetSpan().Length);

        // Of an empty one the framework answers with an empty array, whatever it is a view of.
        Assert.Equal(memory.IsEmpty, System.Runtime.InteropServices.MemoryMarshal.TryGetArray(memory, out _));
    }

    private static void AssertGone<T>(ReadOnlyMemory<T> memory, string name)
    {
        ObjectDisposedException gone = Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
        Assert.Equal(name, gone.ObjectName);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
    }
}

namespace VmSplice.Tests.Memory;

/// <summary>Looks at addresses that anybody may get next, so nobody else runs meanwhile.</summary>
[Collection(nameof(Alone))]
public class UnmappingTests
{
    // MADV_DONTFORK: nobody but the library asks for it.
    private const string Ours = " dc";

    [Fact]
    public void DisposedWriter_UnmapsItsPagesOnceTheLastBufferIsBack()
    {
        using SplicePipe pipe = SplicePipe.Create();
        SpliceWriter writer = pipe.OpenWriter();
        PageBuffer<byte> buffer = writer.Rent<byte>(100);
        nint address = buffer.Address;
        writer.Dispose();
        Assert.Contains(Ours, Mappings.FlagsOf(address), StringComparison.Ordinal);
        buffer.Dispose();
        Assert.DoesNotContain(Ours, Mappings.FlagsOf(address), StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => buffer.Address);
    }

    [Fact]
    public void DisposedRecordReader_UnmapsItsMemory()
    {
        using SplicePipe pipe = SplicePipe.Create();
        using (var writer = new RecordWriter<Tick>(pipe.OpenWriter()))
        {
            // More than a stream has on the heap.
            for (int i = 0; i < 1_000; i++)
            {
                writer.Write(Tick.At(i));
            }

            writer.Complete();
        }

        var reader = new RecordReader<Tick>(pipe.OpenReader());
        nint address;
        _ = reader.ReadBatch();
        unsafe
        {
            fixed (Tick* first = reader.ReadBatch())
            {
                address = (nint)first;
            }
        }

        Assert.Contains(Ours, Mappings.FlagsOf(address), StringComparison.Ordinal);
        reader.Dispose();
        Assert.DoesNotContain(Ours, Mappings.FlagsOf(address), StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => reader.ReadBatch().Length);
    }
}

using System.Runtime.InteropServices;
using MemorySafety;
using VmSplice;

Console.WriteLine(string.Join(' ', Records(), Buffers(), RawCall(), OwnImport()));

static int Records()
{
    using SplicePipe pipe = SplicePipe.Create();
    using (RecordWriter<Tick> ticks = Tick.CreateWriter(pipe.OpenWriter()))
    {
        ticks.Next().Price = 5;
        ticks.Complete();
    }

    using RecordReader<Tick> received = Tick.CreateReader(pipe.OpenReader());
    int sum = 0;
    foreach (ref readonly Tick tick in received)
    {
        sum += tick.Price;
    }

    return sum;
}

static int Buffers()
{
    using SplicePipe pipe = SplicePipe.Create();
    using SpliceWriter writer = pipe.OpenWriter();
    using SpliceReader reader = pipe.OpenReader();
    Frame frame = Frame.Rent(writer);
    frame.Header.Price = 7;
    frame.BodyLength = 3;
    writer.Send(frame);
    using Frame received = Frame.Receive(reader);
    return received.Header.Price + received.Body.Length;
}

static long RawCall()
{
    using SplicePipe pipe = SplicePipe.Create();
    using FrozenPages<byte> pages = PageBuffer<byte>.Allocate(Environment.SystemPageSize).Freeze();
    unsafe
    {
        return RawPipe.VmSplice(pipe.WriteHandle, new IoVec((void*)pages.Address, 11), SpliceFlags.None);
    }
}

static long OwnImport()
{
    using SplicePipe pipe = SplicePipe.Create();
    using FrozenPages<byte> pages = PageBuffer<byte>.Allocate(Environment.SystemPageSize).Freeze();
    unsafe
    {
        IoVec segment = new((void*)pages.Address, 12);
        return Libc.vmsplice(pipe.WriteHandle, &segment, 1, 0);
    }
}

internal static class Libc
{
    [DllImport("libc", SetLastError = true)]
    public static unsafe extern nint vmsplice(SafeHandle pipe, IoVec* segments, nuint count, uint flags);
}

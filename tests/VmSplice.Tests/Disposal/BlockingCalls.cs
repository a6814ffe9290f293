using System.Reflection;
using Microsoft.Win32.SafeHandles;
using VmSplice.Pipes;

namespace VmSplice.Tests.Disposal;

/// <summary>Every public call that may wait for the other end of a pipe, and every one that does not.</summary>
internal static class BlockingCalls
{
    private static readonly string[] ReaderEnds = ["the reader", "the reader's pipe"];
    private static readonly string[] WriterEnds = ["the writer", "the writer's pipe"];

    /// <summary>Members that never wait. A member that is neither here nor in <see cref="All"/> fails a test.</summary>
    internal static readonly string[] NeverWait =
    [
        "SpliceReader.AsPipeReader(Boolean)", "SpliceReader.AsStream(Boolean)", "SpliceReader.Dispose()",
        "SpliceWriter.AsPipeWriter(Boolean)", "SpliceWriter.AsStream(Boolean)", "SpliceWriter.Dispose()",
        "SpliceWriter.CreateGather()", "SpliceWriter.Rent(Int32)", "SpliceWriter.Rent()", "SpliceWriter.RentUninitialized(Int32)",
        "SpliceWriter.RentUninitialized()",
        "SpliceGather.Add(FrozenPages`1)", "SpliceGather.Add(PageBuffer`1)", "SpliceGather.Add(PageBuffer`1, Int32)", "SpliceGather.Add(TBuffer)",
        "SpliceGather.Dispose()",
        "RecordReader`1.Dispose()", "RecordReader`1.GetEnumerator()",
        "RecordReader`1.GetText(SpliceText)", "RecordReader`1.GetString(SpliceText)", "RecordReader`1.GetList(SpliceList`1)",
        "RecordWriter`1.AddText(ReadOnlySpan`1)", "RecordWriter`1.AddText(Utf8TextHandler&)", "RecordWriter`1.AddList(ReadOnlySpan`1)",
        "RecordWriter`1.Advance(Int32)", "RecordWriter`1.Dispose()", "RecordWriter`1.DisposeAsync()",
        "SpliceReader.Open(PipeStream, SpliceReaderOptions)", "SpliceReader.Open(SafeHandle, SpliceReaderOptions)",
        "SpliceReader.OpenInherited(SpliceReaderOptions)",
        "SpliceReader.OpenStandardInput(SpliceReaderOptions)", "SpliceReader.OpenChildOutput(Process, SpliceReaderOptions)",
        "SpliceWriter.Open(PipeStream, SpliceWriterOptions)", "SpliceWriter.Open(SafeHandle, SpliceWriterOptions)",
        "SpliceWriter.OpenInherited(SpliceWriterOptions)",
        "SpliceWriter.OpenChildInput(Process, SpliceWriterOptions)", "SpliceWriter.OpenStandardOutput(SpliceWriterOptions)",
        "SplicePipe.Create(Int32)", "SplicePipe.CreateFifo(String, UnixFileMode)", "SplicePipe.Dispose()", "SplicePipe.OpenReader(SpliceReaderOptions)",
        "SplicePipe.OpenWriter(SpliceWriterOptions)", "SplicePipe.StartChildWithReader(ProcessStartInfo)", "SplicePipe.StartChildWithWriter(ProcessStartInfo)",
        "SpliceLink.Start(ProcessStartInfo, SpliceWriterOptions, SpliceReaderOptions)", "SpliceLink.OpenStandard(SpliceWriterOptions, SpliceReaderOptions)",
        "SpliceLink.Dispose()",
        "RecordCodec.Encode(ReadOnlySpan`1, IBufferWriter`1)", "RecordCodec.Decode(ReadOnlySequence`1)",
        "SplicePipeWriter.GetMemory(Int32)", "SplicePipeWriter.GetSpan(Int32)", "SplicePipeWriter.Advance(Int32)", "SplicePipeWriter.CancelPendingFlush()",
    ];

    internal static Type[] Types { get; } =
    [
        typeof(SpliceReader), typeof(SpliceWriter), typeof(SpliceGather), typeof(RecordReader<>), typeof(RecordReader<>.Enumerator), typeof(RecordWriter<>),
        typeof(SplicePipe), typeof(SpliceLink), typeof(RecordCodec),
    ];

    /// <summary>Gets what implements a class of the framework: there an override is a member too.</summary>
    internal static Type[] Bridges { get; } = [typeof(SpliceReaderStream), typeof(SpliceWriterStream), typeof(SplicePipeWriter)];

    internal static IReadOnlyList<BlockingCall> All { get; } =
    [
        .. Reads(), .. Receives(), .. Forwards(), .. Sends(), .. RecordReads(), .. RecordWrites(), .. LinkCalls.All, .. FifoCalls.All, .. BridgeCalls.All,
    ];

    internal static string NameOf(MethodInfo method)
    {
        Type type = method.DeclaringType!;
        string owner = type.IsNested ? type.DeclaringType!.Name + "." + type.Name : type.Name;
        IEnumerable<string> parameters = method.GetParameters().Where(p => p.ParameterType != typeof(CancellationToken)).Select(p => p.ParameterType.Name);
        return $"{owner}.{method.Name}({string.Join(", ", parameters)})";
    }

    private static IEnumerable<BlockingCall> Reads()
    {
        yield return BlockingCall.Blocks("SpliceReader.Read(Span`1)", ReaderEnds, s => s.Reader.Read(new byte[10].AsSpan()));
        yield return BlockingCall.Blocks("SpliceReader.ReadExactly(Span`1)", ReaderEnds, s => s.Reader.ReadExactly(new byte[10]));
        yield return BlockingCall.Waits("SpliceReader.ReadAsync(Memory`1)", ReaderEnds, s => s.Reader.ReadAsync(new byte[10]).AsTask());
        yield return BlockingCall.Waits("SpliceReader.ReadExactlyAsync(Memory`1)", ReaderEnds, s => s.Reader.ReadExactlyAsync(new byte[10]).AsTask());
        string[] ends = [.. ReaderEnds, "the buffer"];
        yield return BlockingCall.Blocks("SpliceReader.Read(PageBuffer`1)", ends, s => s.Reader.Read(s.Buffer), s => s.RentBuffer());
        yield return BlockingCall.Waits("SpliceReader.ReadAsync(PageBuffer`1)", ends, s => s.Reader.ReadAsync(s.Buffer).AsTask(), s => s.RentBuffer());
    }

    private static IEnumerable<BlockingCall> Receives()
    {
        yield return BlockingCall.Blocks("SpliceReader.Receive()", ReaderEnds, s => s.Reader.Receive<Picture>());
        yield return BlockingCall.Blocks("SpliceReader.TryReceive()", ReaderEnds, s => s.Reader.TryReceive<Picture>());
        yield return BlockingCall.Waits("SpliceReader.ReceiveAsync()", ReaderEnds, s => s.Reader.ReceiveAsync<Picture>().AsTask());
        yield return BlockingCall.Waits("SpliceReader.TryReceiveAsync()", ReaderEnds, s => s.Reader.TryReceiveAsync<Picture>().AsTask());
        string[] ends = [.. ReaderEnds, "the picture"];
        yield return BlockingCall.Blocks("SpliceReader.ReceiveInto(TBuffer)", ends, s => s.Reader.ReceiveInto(s.Picture), s => s.RentPicture());
        yield return BlockingCall.Blocks("SpliceReader.TryReceiveInto(TBuffer)", ends, s => s.Reader.TryReceiveInto(s.Picture), s => s.RentPicture());
        yield return BlockingCall.Waits("SpliceReader.ReceiveIntoAsync(TBuffer)", ends, s => s.Reader.ReceiveIntoAsync(s.Picture).AsTask(),
            s => s.RentPicture());
        yield return BlockingCall.Waits("SpliceReader.TryReceiveIntoAsync(TBuffer)", ends, s => s.Reader.TryReceiveIntoAsync(s.Picture).AsTask(),
            s => s.RentPicture());
    }

    private static IEnumerable<BlockingCall> Forwards()
    {
        string[] both = [.. ReaderEnds, .. WriterEnds];
        foreach ((string situation, Action<Scene> prepare) in ((string, Action<Scene>)[])[
            ("nothing to forward", _ => { }),
            ("no room at the target", s => s.Feed(new byte[10])),
            ("another send to the target", AnotherSends)])
        {
            yield return BlockingCall.Blocks("SpliceReader.Forward(SpliceWriter, Int64)", both, s => s.Reader.Forward(s.Writer, 10), prepare, situation);
            yield return BlockingCall.Blocks("SpliceReader.Forward(SpliceWriter)", both, s => s.Reader.Forward(s.Writer), prepare, situation);
            yield return BlockingCall.Blocks("SpliceReader.Tee(SpliceWriter, Int64)", both, s => s.Reader.Tee(s.Writer, 10), prepare, situation);
            yield return BlockingCall.Waits("SpliceReader.ForwardAsync(SpliceWriter, Int64)", both, s => s.Reader.ForwardAsync(s.Writer, 10),
                prepare, situation);
            yield return BlockingCall.Waits("SpliceReader.ForwardAsync(SpliceWriter)", both, s => s.Reader.ForwardAsync(s.Writer), prepare, situation);
            yield return BlockingCall.Waits("SpliceReader.TeeAsync(SpliceWriter, Int64)", both, s => s.Reader.TeeAsync(s.Writer, 10), prepare, situation);
        }

        yield return BlockingCall.Blocks("SpliceReader.Forward(Socket, Int64)", ReaderEnds, s => s.Reader.Forward(s.Add(StreamSockets.Tcp()).Near, 10));
        yield return BlockingCall.Blocks("SpliceReader.Forward(Socket)", ReaderEnds, s => s.Reader.Forward(s.Add(StreamSockets.Unix()).Near));
        yield return BlockingCall.Waits("SpliceReader.ForwardAsync(Socket, Int64)", ReaderEnds,
            s => s.Reader.ForwardAsync(s.Add(StreamSockets.Tcp()).Near, 10));
        yield return BlockingCall.Waits("SpliceReader.ForwardAsync(Socket)", ReaderEnds, s => s.Reader.ForwardAsync(s.Add(StreamSockets.Unix()).Near));
        yield return BlockingCall.Blocks("SpliceReader.Forward(FileStream, Int64)", ReaderEnds,
            s => s.Reader.Forward(s.Add(s.Add(new TemporaryFile()).Create()), 10));
        yield return BlockingCall.Blocks("SpliceReader.Forward(FileStream)", ReaderEnds, s => s.Reader.Forward(s.Add(s.Add(new TemporaryFile()).Create())));
        yield return BlockingCall.Waits("SpliceReader.ForwardAsync(FileStream, Int64)", ReaderEnds,
            s => s.Reader.ForwardAsync(s.Add(s.Add(new TemporaryFile()).Create()), 10));
        yield return BlockingCall.Waits("SpliceReader.ForwardAsync(FileStream)", ReaderEnds,
            s => s.Reader.ForwardAsync(s.Add(s.Add(new TemporaryFile()).Create())));
        foreach ((string situation, Action<Scene> prepare) in ((string, Action<Scene>)[])[("nothing to forward", _ => { }),
            ("no room at the target", s => s.Feed(new byte[10]))])
        {
            yield return BlockingCall.Blocks("SpliceReader.Forward(SafeHandle, Int64)", ReaderEnds, s => s.Reader.Forward(HandleOf(s), 10), prepare, situation);
            yield return BlockingCall.Blocks("SpliceReader.Forward(SafeHandle)", ReaderEnds, s => s.Reader.Forward(HandleOf(s)), prepare, situation);
            yield return BlockingCall.Waits("SpliceReader.ForwardAsync(SafeHandle, Int64)", ReaderEnds, s => s.Reader.ForwardAsync(HandleOf(s), 10),
                prepare, situation);
            yield return BlockingCall.Waits("SpliceReader.ForwardAsync(SafeHandle)", ReaderEnds, s => s.Reader.ForwardAsync(HandleOf(s)), prepare, situation);
        }
    }

    private static IEnumerable<BlockingCall> Sends()
    {
        foreach ((string situation, Action<Scene> first) in ((string, Action<Scene>)[])[("no room", _ => { }), ("another send", AnotherSends)])
        {
            Action<Scene> buffer = first + (s => s.RentBuffer());
            yield return BlockingCall.Blocks("SpliceWriter.Send(PageBuffer`1)", WriterEnds, s => s.Writer.Send(s.Buffer), buffer, situation);
            yield return BlockingCall.Blocks("SpliceWriter.Send(PageBuffer`1, Int32)", WriterEnds, s => s.Writer.Send(s.Buffer, 10), buffer, situation);
            yield return BlockingCall.Waits("SpliceWriter.SendAsync(PageBuffer`1)", WriterEnds, s => s.Writer.SendAsync(s.Buffer).AsTask(), buffer, situation);
            yield return BlockingCall.Waits("SpliceWriter.SendAsync(PageBuffer`1, Int32)", WriterEnds, s => s.Writer.SendAsync(s.Buffer, 10).AsTask(),
                buffer, situation);
            yield return BlockingCall.Blocks("SpliceWriter.SendAll(ReadOnlySpan`1)", WriterEnds, s => s.Writer.SendAll(s.Buffer), buffer, situation);
            yield return BlockingCall.Waits("SpliceWriter.SendAllAsync(ReadOnlySpan`1)", WriterEnds, s => s.Writer.SendAllAsync<byte>([s.Buffer]).AsTask(),
                buffer, situation);
            yield return BlockingCall.Blocks("SpliceWriter.Send(FrozenPages`1)", WriterEnds, s => s.Writer.Send(Frozen(s)), first, situation);
            yield return BlockingCall.Waits("SpliceWriter.SendAsync(FrozenPages`1)", WriterEnds, s => s.Writer.SendAsync(Frozen(s)).AsTask(), first, situation);
            yield return BlockingCall.Blocks("SpliceWriter.Gift(PageBuffer`1)", WriterEnds, s => s.Writer.Gift(s.Writer.Rent<byte>(65_536)), first, situation);
            yield return BlockingCall.Waits("SpliceWriter.GiftAsync(PageBuffer`1)", WriterEnds, s => s.Writer.GiftAsync(s.Writer.Rent<byte>(65_536)).AsTask(),
                first, situation);
            yield return BlockingCall.Blocks("SpliceWriter.Write(ReadOnlySpan`1)", WriterEnds, s => s.Writer.Write(new byte[10].AsSpan()), first, situation);
            yield return BlockingCall.Waits("SpliceWriter.WriteAsync(ReadOnlyMemory`1)", WriterEnds, s => s.Writer.WriteAsync(new byte[10]).AsTask(),
                first, situation);
            Action<Scene> picture = first + (s => s.RentPicture());
            yield return BlockingCall.Blocks("SpliceWriter.Send(TBuffer)", WriterEnds, s => s.Writer.Send(s.Picture), picture, situation);
            yield return BlockingCall.Waits("SpliceWriter.SendAsync(TBuffer)", WriterEnds, s => s.Writer.SendAsync(s.Picture).AsTask(), picture, situation);
            yield return BlockingCall.Blocks("SpliceWriter.Gift(TBuffer)", WriterEnds, s => s.Writer.Gift(s.Picture), picture, situation);
            yield return BlockingCall.Waits("SpliceWriter.GiftAsync(TBuffer)", WriterEnds, s => s.Writer.GiftAsync(s.Picture).AsTask(), picture, situation);
            yield return BlockingCall.Blocks("SpliceWriter.CompleteBuffers()", WriterEnds, s => s.Writer.CompleteBuffers(), first, situation);
            yield return BlockingCall.Waits("SpliceWriter.CompleteBuffersAsync()", WriterEnds, s => s.Writer.CompleteBuffersAsync().AsTask(), first, situation);
            yield return BlockingCall.Blocks("SpliceGather.Send()", WriterEnds, s => s.Gather.Send(), first + (s => s.FillGather()), situation);
            yield return BlockingCall.Waits("SpliceGather.SendAsync()", WriterEnds, s => s.Gather.SendAsync().AsTask(),
                first + (s => s.FillGather()), situation);
        }
    }

    private static IEnumerable<BlockingCall> RecordReads()
    {
        foreach (bool leaveOpen in (bool[])[false, true])
        {
            string[] ends = [.. ReaderEnds, "the record reader"];
            string situation = leaveOpen ? "the pipe left open" : "";
            yield return BlockingCall.Blocks("RecordReader`1.ReadBatch()", ends, s => s.Records.ReadBatch(), s => s.OpenRecords(leaveOpen), situation);
            yield return BlockingCall.Blocks("RecordReader`1.Enumerator.MoveNext()", ends, s => s.Records.GetEnumerator().MoveNext(),
                s => s.OpenRecords(leaveOpen), situation);
            yield return BlockingCall.Waits("RecordReader`1.ReadHeaderAsync()", ends, s => s.Records.ReadHeaderAsync().AsTask(),
                s => s.OpenRecords(leaveOpen), situation);
            yield return BlockingCall.Blocks("RecordReader`1.ReadHeader()", ends, s => s.Records.ReadHeader(), s => s.OpenRecords(leaveOpen), situation);
            yield return BlockingCall.Waits("RecordReader`1.ReadBatchAsync()", ends, s => s.Records.ReadBatchAsync().AsTask(),
                s => s.OpenRecords(leaveOpen), situation);
            yield return BlockingCall.Waits("RecordReader`1.GetAsyncEnumerator()", ends, s => s.Records.GetAsyncEnumerator().MoveNextAsync().AsTask(),
                s => s.OpenRecords(leaveOpen), situation);
            Action<Scene> nothing = s => s.OpenRecords(leaveOpen);
            nothing += s => s.OpenRecordWriter(leaveOpen, 0);
            yield return BlockingCall.Blocks("RecordReader`1.CopyTo(RecordWriter`1)", ends, s => s.Records.CopyTo(s.RecordWriter), nothing,
                "nothing to copy" + situation);
            yield return BlockingCall.Waits("RecordReader`1.CopyToAsync(RecordWriter`1)", ends, s => s.Records.CopyToAsync(s.RecordWriter), nothing,
                "nothing to copy" + situation);
            Action<Scene> noRoom = s => s.OpenRecords(leaveOpen);
            noRoom += s => s.OpenRecordWriter(leaveOpen);
            string[] targetEnds = [.. WriterEnds, "the record writer"];
            yield return BlockingCall.Blocks("RecordReader`1.CopyTo(RecordWriter`1)", targetEnds, s => s.Records.CopyTo(s.RecordWriter), noRoom,
                "no room at the target" + situation);
            yield return BlockingCall.Waits("RecordReader`1.CopyToAsync(RecordWriter`1)", targetEnds, s => s.Records.CopyToAsync(s.RecordWriter), noRoom,
                "no room at the target" + situation);
        }
    }

    private static IEnumerable<BlockingCall> RecordWrites()
    {
        // 4,096 bytes less the block's header; a record is a byte.
        const int Full = 4096 - 64;
        foreach (bool leaveOpen in (bool[])[false, true])
        {
            string[] ends = [.. WriterEnds, "the record writer"];
            string situation = leaveOpen ? "the pipe left open" : "";
            Action<Scene> full = s => s.OpenRecordWriter(leaveOpen, Full);
            Action<Scene> some = s => s.OpenRecordWriter(leaveOpen);
            yield return BlockingCall.Blocks("RecordWriter`1.Next()", ends, s => s.RecordWriter.Next() = default, full, situation);
            yield return BlockingCall.Blocks("RecordWriter`1.Write(Mark&)", ends, s => s.RecordWriter.Write(default(Mark)), full, situation);
            yield return BlockingCall.Blocks("RecordWriter`1.Write(ReadOnlySpan`1)", ends, s => s.RecordWriter.Write(new Mark[2].AsSpan()), full, situation);
            yield return BlockingCall.Blocks("RecordWriter`1.GetSpan(Int32)", ends, s => s.RecordWriter.GetSpan(), full, situation);
            yield return BlockingCall.Blocks("RecordWriter`1.GetMemory(Int32)", ends, s => s.RecordWriter.GetMemory(), full, situation);
            yield return BlockingCall.Blocks("RecordWriter`1.Flush()", ends, s => s.RecordWriter.Flush(), some, situation);
            yield return BlockingCall.Blocks("RecordWriter`1.Complete()", ends, s => s.RecordWriter.Complete(), some, situation);
            yield return BlockingCall.Waits("RecordWriter`1.FlushAsync()", ends, s => s.RecordWriter.FlushAsync().AsTask(), some, situation);
            yield return BlockingCall.Waits("RecordWriter`1.WriteAsync(ReadOnlyMemory`1)", ends, s => s.RecordWriter.WriteAsync(new Mark[2]).AsTask(),
                full, situation);
            yield return BlockingCall.Waits("RecordWriter`1.CompleteAsync()", ends, s => s.RecordWriter.CompleteAsync().AsTask(), some, situation);
        }
    }

    // It has the turn as long as nobody reads.
    private static void AnotherSends(Scene scene)
    {
        scene.Feed(new byte[10]);
        _ = scene.Writer.WriteAsync(new byte[10]).AsTask().ContinueWith(task => task.Exception, TaskScheduler.Default);
    }

    private static FrozenPages<byte> Frozen(Scene scene) => scene.Add(scene.Writer.Rent<byte>(65_536).Freeze());

    private static SafePipeHandle HandleOf(Scene scene) => scene.Full.WriteHandle;
}

using System.Reflection;
using VmSplice.Analyzers.Lifetime;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Lifetime;

/// <summary>
/// What the rules make of every public member that takes or gives memory. Reflection finds the members: one that is
/// added without a line here fails.
/// </summary>
public sealed class SurfaceOwnershipTests
{
    /// <summary>Types whose members only generated code or the compiler calls, nobody can call, or that describe and do not hold memory.</summary>
    private static readonly HashSet<string> s_others =
    [
        "BufferPages", "BufferLayout", "RecordLayout", "RecordBytes", "ISpliceable`1", "ISpliceableBuffer`1", "NotSpliceable", "Utf8TextHandler", "FixedText",
    ];

    /// <summary>Member, and statements that show what it does: takes, fills, reads, makes, views.</summary>
    private static readonly Dictionary<string, string> s_treatments = new(StringComparer.Ordinal)
    {
        ["SpliceWriter.Rent<T>(Int32)"] = "var x = {|VMS2013:w.Rent<int>(4)|}; x[0] = 1;",
        ["SpliceWriter.RentUninitialized<T>(Int32)"] = "var x = {|VMS2013:w.RentUninitialized<int>(4)|}; x[0] = 1;",
        ["BufferFactory.Rent<TBuffer>(SpliceWriter)"] = "var x = {|VMS2013:Frame.Rent(w)|}; x.Header = 1;",
        ["BufferFactory.RentUninitialized<TBuffer>(SpliceWriter)"] = "var x = {|VMS2013:Frame.RentUninitialized(w)|}; x.Header = 1;",
        ["SpliceWriter.Send<T>(PageBuffer<T>)"] = "w.Send(b); {|VMS2001:b[0]|} = 1;",
        ["SpliceWriter.Send<T>(PageBuffer<T>, Int32)"] = "w.Send(b, 1); {|VMS2001:b[0]|} = 1;",
        ["SpliceWriter.Send<T>(FrozenPages<T>)"] = "w.Send(f); w.Send(f); f.Dispose(); w.Send({|VMS2002:f|});",
        ["SpliceWriter.Send<TBuffer>(TBuffer)"] = "w.Send(frame); {|VMS2001:frame.Header|} = 1;",
        ["SpliceWriter.SendAll<T>(ReadOnlySpan<PageBuffer<T>>)"] = "w.SendAll(b, d); {|VMS2001:b[0]|} = 1; w.Send({|VMS2008:d|});",
        ["SpliceWriter.Gift<T>(PageBuffer<T>)"] = "w.Gift(b); {|VMS2001:b[0]|} = 1;",
        ["SpliceWriter.Gift<TBuffer>(TBuffer)"] = "w.Gift(frame); {|VMS2001:frame.Header|} = 1;",
        ["SpliceWriter.SendAsync<T>(PageBuffer<T>, CancellationToken)"] = "var t = w.SendAsync(b); {|VMS2001:b[0]|} = 1; await t;",
        ["SpliceWriter.SendAsync<T>(PageBuffer<T>, Int32, CancellationToken)"] = "var t = w.SendAsync(b, 1); {|VMS2001:b[0]|} = 1; await t;",
        ["SpliceWriter.SendAsync<T>(FrozenPages<T>, CancellationToken)"] = "var t = w.SendAsync(f); f.Dispose(); await t; n = {|VMS2002:f.Span[0]|};",
        ["SpliceWriter.SendAsync<TBuffer>(TBuffer, CancellationToken)"] = "var t = w.SendAsync(frame); {|VMS2001:frame.Header|} = 1; await t;",
        ["SpliceWriter.SendAllAsync<T>(ReadOnlySpan<PageBuffer<T>>, CancellationToken)"] = """
            await w.SendAllAsync([b, d]);
            {|VMS2001:b[0]|} = 1;
            w.Send({|VMS2008:d|});
            """,
        ["SpliceWriter.GiftAsync<T>(PageBuffer<T>, CancellationToken)"] = "var t = w.GiftAsync(b); {|VMS2001:b[0]|} = 1; await t;",
        ["SpliceWriter.GiftAsync<TBuffer>(TBuffer, CancellationToken)"] = "var t = w.GiftAsync(frame); {|VMS2001:frame.Header|} = 1; await t;",
        ["SpliceWriter.Write(ReadOnlySpan<Byte>)"] = "var s = bytes.Span; w.Send(bytes); w.Write({|VMS2002:s|});",
        ["SpliceWriter.Write<T>(ReadOnlySpan<T>)"] = "var s = b.Span; w.Send(b); w.Write<int>({|VMS2002:s|});",
        ["SpliceWriter.WriteAsync(ReadOnlyMemory<Byte>, CancellationToken)"] = """
            var t = w.WriteAsync(bytes.Memory);
            {|VMS2004:bytes[0]|} = 1;
            await t;
            bytes[1] = 1;
            """,
        ["SpliceWriter.WriteAsync<T>(ReadOnlyMemory<T>, CancellationToken)"] = "var t = w.WriteAsync<int>(b.Memory); w.Send({|VMS2004:b|}); await t;",
        ["SpliceGather.Add<T>(PageBuffer<T>)"] = "gather.Add(b); {|VMS2001:b[0]|} = 1;",
        ["SpliceGather.Add<T>(PageBuffer<T>, Int32)"] = "gather.Add(b, 1); gather.Add({|VMS2008:b|});",
        ["SpliceGather.Add<TBuffer>(TBuffer)"] = "gather.Add(frame); {|VMS2001:frame.Header|} = 1;",
        ["SpliceGather.Add<T>(FrozenPages<T>)"] = "gather.Add(f); gather.Add(f); f.Dispose(); gather.Add({|VMS2002:f|});",
        ["SpliceReader.Read(Span<Byte>)"] = "var s = bytes.Span; w.Send(bytes); r.Read({|VMS2001:s|});",
        ["SpliceReader.Read<T>(PageBuffer<T>)"] = "w.Send(b); r.Read({|VMS2001:b|});",
        ["SpliceReader.ReadAsync(Memory<Byte>, CancellationToken)"] = "var t = r.ReadAsync(bytes.Memory); w.Send({|VMS2004:bytes|}); await t;",
        ["SpliceReader.ReadAsync<T>(PageBuffer<T>, CancellationToken)"] = "var t = r.ReadAsync(b); w.Send({|VMS2004:b|}); await t;",
        ["SpliceReader.ReadExactly(Span<Byte>)"] = "var s = bytes.Span; w.Send(bytes); r.ReadExactly({|VMS2001:s|});",
        ["SpliceReader.ReadExactlyAsync(Memory<Byte>, CancellationToken)"] = "var t = r.ReadExactlyAsync(bytes.Memory); {|VMS2004:bytes.Dispose()|}; await t;",
        ["SpliceReader.Receive<TBuffer>()"] = "var x = {|VMS2013:r.Receive<Frame>()|}; n = x.Header;",
        ["SpliceReader.ReceiveAsync<TBuffer>(CancellationToken)"] = "var x = await {|VMS2013:r.ReceiveAsync<Frame>()|}; n = x.Header;",
        ["SpliceReader.TryReceive<TBuffer>()"] = "var x = {|VMS2013:r.TryReceive<Frame>()|}; n = x?.Header ?? 0;",
        ["SpliceReader.TryReceiveAsync<TBuffer>(CancellationToken)"] = "if (await {|VMS2013:r.TryReceiveAsync<Frame>()|} is { } x) { n = x.Header; }",
        ["SpliceReader.ReceiveInto<TBuffer>(TBuffer)"] = "w.Send(frame); r.ReceiveInto({|VMS2001:frame|});",
        ["SpliceReader.ReceiveIntoAsync<TBuffer>(TBuffer, CancellationToken)"] = "var t = r.ReceiveIntoAsync(frame); w.Send({|VMS2004:frame|}); await t;",
        ["SpliceReader.TryReceiveInto<TBuffer>(TBuffer)"] = "w.Send(frame); r.TryReceiveInto({|VMS2001:frame|});",
        ["SpliceReader.TryReceiveIntoAsync<TBuffer>(TBuffer, CancellationToken)"] = "var t = r.TryReceiveIntoAsync(frame); w.Send({|VMS2004:frame|}); await t;",
        ["BufferFactory.Allocate<TBuffer>()"] = "var x = {|VMS2013:Frame.Allocate()|}; x.Header = 1;",
        ["PageBuffer<T>.Allocate(Int32)"] = "var x = {|VMS2013:PageBuffer<int>.Allocate(4)|}; x[0] = 1;",
        ["PageBuffer<T>.Freeze()"] = "var s = b.Span; using var x = b.Freeze(); {|VMS2012:s[0]|} = 1;",
        ["PageBuffer<T>.Span"] = "var s = b.Span; w.Send(b); {|VMS2001:s[0]|} = 1;",
        ["PageBuffer<T>.Memory"] = "var m = b.Memory; w.Send(b); {|VMS2001:m.Span[0]|} = 1;",
        ["PageBuffer<T>.Address"] = "var a = b.Address; w.Send(b); Marshal.WriteInt32({|VMS2001:a|}, 1);",
        ["PageBuffer<T>.Item"] = "w.Send(b); {|VMS2001:b[0]|} = 1;",
        ["FrozenPages<T>.Span"] = "f.Dispose(); n = {|VMS2002:f.Span[0]|};",
        ["FrozenPages<T>.Memory"] = "var m = f.Memory; f.Dispose(); n = {|VMS2002:m.Span[0]|};",
        ["FrozenPages<T>.Address"] = "f.Dispose(); var a = {|VMS2002:f.Address|};",
        ["RecordWriter<T>.Next()"] = "Slots(); void Slots() { ref Tick t = ref records.Next(); records.Next().Time = 1; {|VMS2003:t.Time|} = 2; }",
        ["RecordWriter<T>.GetSpan(Int32)"] = "Slots(); void Slots() { var s = records.GetSpan(); records.Advance(1); {|VMS2003:s[0].Time|} = 2; }",
        ["RecordWriter<T>.GetMemory(Int32)"] = "var m = records.GetMemory(); records.Advance(1); {|VMS2003:m.Span[0].Time|} = 2;",
        ["RecordWriter<T>.Write(T&)"] = "var s = ticks.Span; w.Send(ticks); records.Write(in {|VMS2002:s[0]|});",
        ["RecordWriter<T>.Write(ReadOnlySpan<T>)"] = "var s = ticks.Span; w.Send(ticks); records.Write({|VMS2002:s|});",
        ["RecordWriter<T>.WriteAsync(ReadOnlyMemory<T>, CancellationToken)"] = "var m = ticks.Memory; w.Send(ticks); await records.WriteAsync({|VMS2002:m|});",
        ["RecordBroadcaster<T>.Next()"] = "Slots(); void Slots() { ref Tick t = ref broadcast.Next(); broadcast.Next().Time = 1; {|VMS2003:t.Time|} = 2; }",
        ["RecordBroadcaster<T>.GetSpan(Int32)"] = "Slots(); void Slots() { var s = broadcast.GetSpan(); broadcast.Flush(); {|VMS2003:s[0].Time|} = 2; }",
        ["RecordBroadcaster<T>.GetMemory(Int32)"] = "var m = broadcast.GetMemory(); await broadcast.FlushAsync(); {|VMS2003:m.Span[0].Time|} = 2;",
        ["RecordBroadcaster<T>.Write(T&)"] = "var s = ticks.Span; w.Send(ticks); broadcast.Write(in {|VMS2002:s[0]|});",
        ["RecordBroadcaster<T>.Write(ReadOnlySpan<T>)"] = "var s = ticks.Span; w.Send(ticks); broadcast.Write({|VMS2002:s|});",
        ["RecordBroadcaster<T>.WriteAsync(ReadOnlyMemory<T>, CancellationToken)"] = """
            var m = ticks.Memory;
            w.Send(ticks);
            await broadcast.WriteAsync({|VMS2002:m|});
            """,
        ["RecordWriter<T>.AddText(ReadOnlySpan<Byte>)"] = "var s = bytes.Span; w.Send(bytes); records.AddText({|VMS2002:s|});",
        ["RecordWriter<T>.AddText(ReadOnlySpan<Char>)"] = "Slots(); void Slots() { ref Tick t = ref records.Next(); records.AddText(\"a\"); t.Time = 2; }",
        ["RecordWriter<T>.AddText(Utf8TextHandler&)"]
            = "Slots(); void Slots() { ref Tick t = ref records.Next(); records.AddText($\"a {n}\"); t.Time = 2; }",
        ["RecordWriter<T>.AddList<TItem>(ReadOnlySpan<TItem>)"] = "var s = b.Span; w.Send(b); records.AddList<int>({|VMS2002:s|});",
        ["RecordReader<T>.GetText(SpliceText)"] = "var s = batches.GetText(default); batches.ReadBatch(); n = {|VMS2003:s[0]|};",
        ["RecordReader<T>.GetList<TItem>(SpliceList<TItem>)"] = "var s = batches.GetList<int>(default); batches.ReadBatch(); n = {|VMS2003:s[0]|};",
        ["TextSegment.Utf8"] = "var s = frame.Title.Utf8; w.Send(frame); n = {|VMS2002:s[0]|};",
        ["TextSegment.Set(ReadOnlySpan<Char>)"] = "w.Send(frame); {|VMS2001:frame.Title|}.Set(\"a\");",
        ["TextSegment.Set(ReadOnlySpan<Byte>)"] = "var t = frame.Title; w.Send(frame); {|VMS2001:t|}.Set(\"a\"u8);",
        ["TextSegment.Set(Utf8TextHandler&)"] = "w.Send(frame); {|VMS2001:frame.Title|}.Set($\"a {n}\");",
        ["TextSegment.Append(ReadOnlySpan<Char>)"] = "w.Gift(frame); {|VMS2001:frame.Title|}.Append(\"a\");",
        ["TextSegment.Append(ReadOnlySpan<Byte>)"] = "var s = bytes.Span; w.Send(bytes); frame.Title.Append({|VMS2002:s|});",
        ["TextSegment.Append(Utf8TextHandler&)"] = "var t = frame.Title; w.Send(frame); {|VMS2001:t|}.Append($\"a {n}\");",
        ["CharSegment.Characters"] = "var s = frame.Name.Characters; w.Send(frame); n = {|VMS2002:s[0]|};",
        ["CharSegment.Set(ReadOnlySpan<Char>)"] = "w.Send(frame); {|VMS2001:frame.Name|}.Set(\"a\");",
        ["CharSegment.Set(ReadOnlySpan<Byte>)"] = "var t = frame.Name; w.Send(frame); {|VMS2001:t|}.Set(\"a\"u8);",
        ["CharSegment.Set(Utf8TextHandler&)"] = "w.Send(frame); {|VMS2001:frame.Name|}.Set($\"a {n}\");",
        ["CharSegment.Append(ReadOnlySpan<Char>)"] = "w.Gift(frame); {|VMS2001:frame.Name|}.Append(\"a\");",
        ["CharSegment.Append(ReadOnlySpan<Byte>)"] = "var s = bytes.Span; w.Send(bytes); frame.Name.Append({|VMS2002:s|});",
        ["CharSegment.Append(Utf8TextHandler&)"] = "var t = frame.Name; w.Send(frame); {|VMS2001:t|}.Append($\"a {n}\");",
        ["ListSegment<TItem>.Items"] = "var s = frame.Rows.Items; w.Send(frame); {|VMS2001:s[0]|} = 1;",
        ["ListSegment<TItem>.Item"] = "w.Send(frame); {|VMS2001:frame.Rows[0]|} = 1;",
        ["ListSegment<TItem>.Add()"] = "Rows(); void Rows() { ref int x = ref frame.Rows.Add(); w.Send(frame); {|VMS2001:x|} = 1; }",
        ["ListSegment<TItem>.Add(TItem&)"] = "w.Send(frame); {|VMS2001:frame.Rows|}.Add(n);",
        ["ListSegment<TItem>.AddRange(ReadOnlySpan<TItem>)"] = "var s = b.Span; w.Send(b); frame.Rows.AddRange({|VMS2002:s|});",
        ["RecordReader<T>.ReadBatch()"] = "var s = batches.ReadBatch(); batches.ReadBatch(); n = (int){|VMS2003:s[0].Time|};",
        ["RecordReader<T>.ReadBatchAsync(CancellationToken)"] = """
            var m = await batches.ReadBatchAsync();
            await batches.ReadBatchAsync();
            n = (int){|VMS2003:m.Span[0].Time|};
            """,
        ["RecordReader<T>.GetAsyncEnumerator(CancellationToken)"] = """
            ReadOnlyMemory<Tick> last = default;
            await foreach (var m in batches) { last = m; }
            n = (int){|VMS2003:last.Span[0].Time|};
            """,
        ["RecordEncoder<T>.Write(ReadOnlySpan<T>)"] = "var s = ticks.Span; w.Send(ticks); encoder.Write({|VMS2002:s|});",
        ["RecordDecoder<T>.Read(ReadOnlySequence<Byte>&, Span<T>)"] = "var s = ticks.Span; w.Send(ticks); decoder.Read(ref sequence, {|VMS2001:s|});",
        ["RecordDecoder<T>.EndOfBytes(ReadOnlySequence<Byte>&)"] = "decoder.EndOfBytes(in sequence);",
        ["RecordCodec.Encode<T>(ReadOnlySpan<T>, IBufferWriter<Byte>)"] = """
            var s = ticks.Span;
            w.Send(ticks);
            RecordCodec.Encode<Tick>({|VMS2002:s|}, bufferWriter);
            """,
        ["RecordCodec.Decode<T>(ReadOnlySequence<Byte>)"] = "n = RecordCodec.Decode<Tick>(sequence).Length;",
        ["RawPipe.VmSplice(SafeHandle, ReadOnlySpan<IoVec>, SpliceFlags)"] = "RawPipe.VmSplice(fd, [new IoVec(b.Address, 4)]); {|VMS2001:b[0]|} = 1;",
        ["RawPipe.VmSplice(SafeHandle, IoVec, SpliceFlags)"] = "RawPipe.VmSplice(fd, new IoVec(b.Address, 4), SpliceFlags.None); {|VMS2001:b[0]|} = 1;",

        // A loop's variable is a view of the batch, and the next round reads the next batch.
        ["Enumerator.Current"] = "foreach (ref readonly var one in batches) { n += (int)one.Time; }",

        // A batch of another library's pipe: it is that pipe's memory, and none of ours.
        ["RecordCodec.ReadRecordsAsync<T>(PipeReader, CancellationToken)"] = """
            await foreach (var m in source.ReadRecordsAsync<Tick>()) { n += (int)m.Span[0].Time; }
            """,
    };

    public static TheoryData<string> Members => [.. s_treatments.Keys];

    [Fact]
    public void EveryMemberWithMemory_HasATreatment()
        => Assert.Equal(MembersWithMemory().Order(StringComparer.Ordinal), s_treatments.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Members))]
    public Task Member_IsTreatedAsItsDeclarationSays(string member) => AnalyzerTest.VerifyAsync(
        $$"""
        using System.Buffers;
        using System.Runtime.InteropServices;

        [Spliceable]
        public partial struct Tick { public long Time; public double Price; }

        [Spliceable]
        public sealed partial class Frame
        {
            [Segment] public partial ref int Header { get; }
            [Segment(Length = 8)] public partial Span<int> Pixels { get; }
            [Segment(MaxLength = 8)] public partial TextSegment Title { get; }
            [Segment(MaxLength = 8)] public partial CharSegment Name { get; }
            [Segment(MaxLength = 8)] public partial ListSegment<int> Rows { get; }
        }

        public class Subject
        {
            public async Task M(SpliceWriter w, SpliceReader r, PageBuffer<int> b, PageBuffer<int> d, PageBuffer<byte> bytes, PageBuffer<Tick> ticks,
                FrozenPages<int> f, Frame frame, SpliceGather gather, RecordWriter<Tick> records, RecordBroadcaster<Tick> broadcast,
                RecordReader<Tick> batches, RecordEncoder<Tick> encoder, RecordDecoder<Tick> decoder,
                ReadOnlySequence<byte> sequence, IBufferWriter<byte> bufferWriter, System.IO.Pipelines.PipeReader source, SafeHandle fd, int n)
            {
                await Task.Yield();
                {{s_treatments[member]}}
            }
        }
        """,
        new AnalyzerTestOptions { Id = "-" },
        new LifetimeAnalyzer());

    private static IEnumerable<string> MembersWithMemory()
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (Type type in typeof(RawPipe).Assembly.GetExportedTypes()
            .Where(type => !s_others.Contains(type.Name) && !typeof(Attribute).IsAssignableFrom(type)))
        {
            foreach (PropertyInfo property in type.GetProperties(Declared)
                .Where(property => IsMemory(property.PropertyType) || property.PropertyType.IsByRef || (IsBuffer(type) && property.Name == "Address")))
            {
                yield return $"{Show(type)}.{property.Name}";
            }

            foreach (MethodInfo method in type.GetMethods(Declared)
                .Where(method => !method.IsSpecialName && method.Name is not ("Equals" or "Deconstruct" or "GetEnumerator")))
            {
                ParameterInfo[] parameters = method.GetParameters();
                if (IsMemory(method.ReturnType) || method.ReturnType.IsByRef
                    || parameters.Any(parameter => IsMemory(parameter.ParameterType) || parameter.ParameterType.IsByRef))
                {
                    string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Show))}>" : "";
                    yield return $"{Show(type)}.{method.Name}{arguments}({string.Join(", ", parameters.Select(parameter => Show(parameter.ParameterType)))})";
                }
            }
        }
    }

    private static bool IsBuffer(Type type) => type.Name is "PageBuffer`1" or "FrozenPages`1";

    private static bool IsMemory(Type type)
        => type.IsPointer || type == typeof(IoVec) || IsBuffer(type)
        || type.IsGenericParameter && type.GetGenericParameterConstraints().Any(one => one.Name == "ISpliceableBuffer`1")
        || type.Name is "Span`1" or "ReadOnlySpan`1" or "Memory`1" or "ReadOnlyMemory`1" or "ReadOnlySequence`1"
        || type.IsGenericType && type.Name is "ValueTask`1" or "Task`1" or "IAsyncEnumerator`1" or "IAsyncEnumerable`1"
            && type.GetGenericArguments().Any(IsMemory);

    private static string Show(Type type)
    {
        if (type.IsByRef)
        {
            return Show(type.GetElementType()!) + "&";
        }

        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Show))}>";
    }
}

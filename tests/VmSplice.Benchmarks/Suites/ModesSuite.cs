using VmSplice.Benchmarks.Harness;
using static VmSplice.Benchmarks.Harness.Peer;

namespace VmSplice.Benchmarks.Suites;

/// <summary>Never slower than write(2): wherever the kernel, the pipe, the reader or the memory makes it hard.</summary>
internal sealed class ModesSuite : ISuite
{
    private const int Records = 10;
    private const int PromisedResidence = 128 << 10;

    private static readonly string[] s_readers = ["copying", "unknown"];
    private static readonly string[] s_calls = ["sync", "async"];

    public static string Name => "modes";

    public static string About => """
        Buffers that are rented, filled and sent, against write(2) of an array that is filled, to the same reader: a C program that reads and sums. `normal`:
        this kernel. `copying`: vmsplice copies, `eperm`: it is refused, `nohugepages`: memory comes in small pages alone (tests/VmSplice.KernelModes).
        `tiny`: sends below 4 KiB. `slow-reader`: waits 50 µs after each read. `memory-pressure`: the writer in a control group of 64 MiB. `forward`: a
        process that passes a stream on, against read and write of it; with splice and tee, and where both are refused. `stream-of-10`: ten records in a pipe
        of their own, opened, written, read, ended, against the same by pipe2(2), write(2), read(2) and close(2); and the memory that such a stream holds on
        either side.
        """;

    public static IEnumerable<IMeasurement> Measurements(bool quick) => quick ? Quick() : Whole();

    private static IEnumerable<IMeasurement> Quick() =>
    [
        ShortStream(),
        .. Residences(),
        Sends("normal", null, "copying", 64 << 10, 32 << 10, "sync"),
        Sends("normal", null, "unknown", 64 << 10, 32 << 10, "async"),
        Sends("normal", null, "copying", 4 << 10, 4 << 10, "sync"),
        Sends("normal", null, "copying", Largest, 1 << 20, "sync"),
        Sends("eperm", "eperm", "copying", Largest, 64 << 10, "sync"),
        Tiny("write", 64),
        Tiny("send", 1024),
        Forward("splice", null),
        Forward("splice", "splice=EPERM,tee=EPERM"),
        SlowReader("unknown", 64 << 10),
        MemoryPressure("unknown", 1 << 20),
    ];

    private static IEnumerable<IMeasurement> Whole() =>
    [
        .. from pipe in new[] { 4 << 10, 16 << 10, 64 << 10, 256 << 10, Largest }.Distinct()
           from send in (int[])[4 << 10, 8 << 10, 16 << 10, 32 << 10, 48 << 10, 64 << 10, 256 << 10, 1 << 20, 8 << 20]
           from reader in s_readers
           from calls in s_calls
           select Sends("normal", null, reader, pipe, send, calls),
        .. from mode in (string[])["copying", "eperm", "nohugepages"]
           from pipe in new[] { 64 << 10, Largest }.Distinct()
           from send in (int[])[4 << 10, 32 << 10, 64 << 10, 512 << 10, 8 << 20]
           from reader in s_readers
           select Sends(mode, mode, reader, pipe, send, "sync"),
        .. from way in (string[])["send", "write"]
           from send in (int[])[16, 64, 256, 1024, 2048]
           select Tiny(way, send),
        .. from reader in s_readers
           from send in (int[])[16 << 10, 64 << 10, 1 << 20]
           select SlowReader(reader, send),
        .. from reader in s_readers
           from send in (int[])[64 << 10, 1 << 20]
           select MemoryPressure(reader, send),
        .. from way in (string[])["splice", "tee"]
           from mode in (string?[])[null, "splice=EPERM,tee=EPERM"]
           select Forward(way, mode),
        ShortStream(),
        .. Residences(),
    ];

    private static int Largest { get; } = KernelSupport.Current.MaxPipeCapacity;

    private static Comparison Sends(string name, string? mode, string reader, int pipe, int send, string calls)
        => Against($"{name}/{reader}/pipe-{pipe >> 10}K/send-{send >> 10}K/{calls}", "send", reader, pipe, send, calls, peer => peer.Under(mode), pause: 0);

    private static Comparison Tiny(string way, int send)
        => Against($"tiny/{way}-{send}B", way, "copying", 64 << 10, send, "sync", static peer => peer, pause: 0);

    private static Comparison SlowReader(string reader, int send)
        => Against($"slow-reader/{reader}/send-{send >> 10}K", "send", reader, 256 << 10, send, "sync", static peer => peer, pause: 50_000);

    private static InMemoryLimit MemoryPressure(string reader, int send)
        => new InMemoryLimit(Against($"memory-pressure/{reader}/send-{send >> 10}K", "send", reader, 1 << 20, send, "sync", MemoryLimit.Around, pause: 0));

    private static Comparison Against(string name, string way, string reader, int pipe, int send, string calls, Func<Peer, Peer> place, int pause)
    {
        string[] options = [Option("chunk", send), Option("pipe", pipe)];
        Peer sums = place(Native("read", Option("chunk", 256 << 10), Option("pipe", pipe), Option("record", 128), Option("pause", pause)));
        Peer sender = Own("write-bytes", [.. options, $"reader={reader}", $"way={way}", $"calls={calls}"]);
        Peer writer = Own("write-bytes", [.. options, "way=raw"]);
        return new Comparison(name, new Side(way == "write" ? "VmSplice Write" : $"VmSplice Send, {calls}", place(sender), sums),
            new Side("write(2)", place(writer), sums));
    }

    private static Comparison Forward(string way, string? mode)
    {
        string[] options = [Option("chunk", 256 << 10), Option("pipe", 1 << 20)];
        Peer writer = Native("write", [.. options, "way=write", "fill=bytes"]);
        return new Comparison(
            $"forward/{way}{(mode is null ? "" : "-refused")}",
            new Side($"VmSplice, {(way == "tee" ? "Tee" : "Forward")}", writer, Own("forward", [.. options, $"way={way}"]).Under(mode)),
            new Side("read and write", writer, Own("forward", [.. options, $"way=raw-{way}"]).Under(mode)));
    }

    private static ShortStreams ShortStream() => new(
        $"stream-of-{Records}",
        new Side("VmSplice", Own("streams", "way=records"), Own("idle")),
        new Side("pipe2, write, read, close", Own("streams", "way=raw"), Own("idle")),
        Records * 64);

    private static IEnumerable<IMeasurement> Residences() =>
        from side in (string[])["writer", "reader"]
        select new Residence($"stream-of-{Records}/resident-{side}", $"the {side} of a stream of {Records} records", Own($"resident-{side}"),
            PromisedResidence);
}

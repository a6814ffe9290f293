namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Records and buffers whose layout cannot be sent.</summary>
internal sealed class LayoutsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Packet"] = """
            namespace Capture;

            [Spliceable] public partial struct Packet { public long Time; public Memory<byte> Payload; } //~VMS1002

            public static class PacketTools
            {
                public static Packet Make(byte[] raw, int headerLength)
                {
                    return new Packet
                    {
                        Time = DateTime.UtcNow.Ticks,
                        Payload = raw.AsMemory(headerLength),
                    };
                }

                public static int Length(in Packet packet) => packet.Payload.Length;
            }
            """,
        ["Hit"] = """
            namespace Detector;

            [Spliceable] public partial struct Hit { public long Time; public int Channel; public ushort Amplitude; } //~VMS1004

            public static class HitFeed
            {
                public static void Send(SpliceWriter pipe, IEnumerable<(long Time, int Channel, ushort Amplitude)> hits)
                {
                    using RecordWriter<Hit> writer = Hit.CreateWriter(pipe);
                    foreach ((long time, int channel, ushort amplitude) in hits)
                    {
                        ref Hit hit = ref writer.Next();
                        hit.Time = time;
                        hit.Channel = channel;
                        hit.Amplitude = amplitude;
                    }

                    writer.Complete();
                }
            }
            """,
        ["Fill"] = """
            namespace Broker;

            [Spliceable] public partial struct Fill { public long OrderId; public decimal Price; } //~VMS1006

            public static class Fills
            {
                public static decimal Total(SpliceReader pipe)
                {
                    using RecordReader<Fill> fills = Fill.CreateReader(pipe);
                    decimal total = 0;
                    foreach (ref readonly Fill fill in fills)
                    {
                        total += fill.Price;
                    }

                    return total;
                }
            }
            """,
        ["Spectrum"] = """
            namespace Sdr;

            [Spliceable]
            public sealed partial class Spectrum
            {
                [Segment] public partial ref double Frequency { get; }
                [Segment] public partial Span<float> Bins { get; } //~VMS1008
            }

            public static class SpectrumSender
            {
                public static void Send(SpliceWriter pipe, double frequency, ReadOnlySpan<float> bins)
                {
                    Spectrum spectrum = Spectrum.Rent(pipe);
                    spectrum.Frequency = frequency;
                    bins.CopyTo(spectrum.Bins);
                    pipe.Send(spectrum);
                }
            }
            """,
        ["Entity"] = """
            using System.Numerics;

            namespace Game.Net;

            [Spliceable] public partial struct EntityState { public int Id; public Vector3 Position; } //~VMS1009

            public static class Snapshots
            {
                public static void Send(SpliceWriter pipe, IReadOnlyDictionary<int, Vector3> world)
                {
                    using RecordWriter<EntityState> states = EntityState.CreateWriter(pipe);
                    foreach ((int id, Vector3 position) in world)
                    {
                        ref EntityState state = ref states.Next();
                        state.Id = id;
                        state.Position = position;
                    }

                    states.Complete();
                }
            }
            """,
        ["Machine"] = """
            namespace Factory;

            [Spliceable]
            public sealed partial class MachineReport
            {
                [Segment] public partial ref long Machine { get; }
                [Segment] public partial ref int State { get; } //~VMS1011
                [Segment(MaxLength = 500)] public partial TextSegment Note { get; }
            }

            public static class Reports
            {
                public static void Send(SpliceWriter pipe, long machine, int state, string note)
                {
                    MachineReport report = MachineReport.Rent(pipe);
                    report.Machine = machine;
                    report.State = state;
                    report.Note.Set(note);
                    pipe.Send(report);
                }
            }
            """,
    };
}

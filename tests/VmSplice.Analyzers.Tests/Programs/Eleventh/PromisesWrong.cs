namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Methods that break the promise of their annotations, and buffers that are left behind.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Submit"] = """
            namespace Studio;

            public enum Route { Live, Record, Muted }

            public sealed class Router(SpliceWriter live, SpliceWriter recorder)
            {
                public int Dropped { get; private set; }

                public void Submit(
                    [Consumes] PageBuffer<float> block, //~VMS2011
                    Route route)
                {
                    switch (route)
                    {
                        case Route.Live:
                            live.Send(block);
                            break;
                        case Route.Record:
                            recorder.Send(block);
                            break;
                        default:
                            Dropped++;
                            break;
                    }
                }
            }
            """,
        ["Camera"] = """
            namespace Cctv;

            public static class CameraPump
            {
                public static bool SendFrame(SpliceWriter pipe, Stream camera, int size)
                {
                    PageBuffer<byte> frame = pipe.Rent<byte>(size); //~VMS2013
                    int got = camera.ReadAtLeast(frame.Span, size, throwOnEndOfStream: false);
                    switch (got)
                    {
                        case 0:
                            return false;
                        case var part when part < size:
                            frame.Span[part..].Clear();
                            break;
                    }

                    pipe.Send(frame);
                    return true;
                }
            }
            """,
        ["AuditTrail"] = """
            namespace Bank;

            [Spliceable]
            public partial struct AuditEvent
            {
                public long Time;
                public long Account;
                public SpliceText Action;
            }

            public static class AuditTrail
            {
                public static int Replay(SpliceWriter pipe, string path)
                {
                    RecordWriter<AuditEvent> trail = AuditEvent.CreateWriter(pipe); //~VMS2013
                    int count = 0;
                    foreach (string line in File.ReadLines(path))
                    {
                        string[] parts = line.Split(';');
                        if (parts.Length != 3)
                        {
                            continue;
                        }

                        ref AuditEvent e = ref trail.Next();
                        e.Time = long.Parse(parts[0]);
                        e.Account = long.Parse(parts[1]);
                        e.Action = trail.AddText(parts[2]);
                        count++;
                    }

                    return count;
                }
            }
            """,
    };
}

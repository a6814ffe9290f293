namespace VmSplice.Analyzers.Tests.Programs.Twelfth;

/// <summary>Methods that break the promise of their annotations, and buffers that are left behind.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BorrowedButDisposed"] = """
            namespace Codec.Validation;

            public sealed class FrameValidator(Action<string> reject)
            {
                private int _rejected;

                public int Rejected => _rejected;

                // False where the frame is damaged.
                public bool IsValid([Borrows] PageBuffer<byte> frame) //~VMS2011
                {
                    if (frame.Length < 8)
                    {
                        return false;
                    }

                    byte sum = 0;
                    foreach (byte value in frame.Span[1..])
                    {
                        sum += value;
                    }

                    if (sum == frame[0])
                    {
                        return true;
                    }

                    _rejected++;
                    reject($"frame of {frame.Length} bytes: {sum:x2} in place of {frame[0]:x2}");
                    frame.Dispose();
                    return false;
                }
            }
            """,
        ["ContinueWithoutSend"] = """
            namespace Files.Shipping;

            public sealed class DirectoryShipper(SpliceWriter pipe)
            {
                private const int Most = 1 << 20;

                public int Skipped { get; private set; }

                public int Ship(string folder)
                {
                    int shipped = 0;
                    foreach (string path in Directory.EnumerateFiles(folder, "*.seg"))
                    {
                        using FileStream file = File.OpenRead(path);
                        int length = (int)Math.Min(file.Length, Most);
                        PageBuffer<byte> content = pipe.Rent<byte>(length); //~VMS2013
                        file.ReadExactly(content.Span);
                        if (content.Span.IndexOfAnyExcept((byte)0) < 0)
                        {
                            Skipped++;
                            continue;
                        }

                        pipe.Send(content);
                        shipped++;
                    }

                    return shipped;
                }
            }
            """,
        ["FlushedOnly"] = """
            namespace Iot.Alarms;

            [Spliceable]
            public partial struct Alarm { public long Time; public int Device; public int Code; }

            public sealed class AlarmUplink(SpliceWriter uplink)
            {
                private static bool IsUrgent(int code) => code is >= 500 and < 600;

                public int Report(IReadOnlyDictionary<int, int> codesByDevice, TimeProvider clock)
                {
                    RecordWriter<Alarm> alarms = Alarm.CreateWriter(uplink, new() { LeaveOpen = true }); //~VMS2013
                    int urgent = 0;
                    foreach ((int device, int code) in codesByDevice)
                    {
                        ref Alarm alarm = ref alarms.Next();
                        alarm.Time = clock.GetUtcNow().UtcTicks;
                        alarm.Device = device;
                        alarm.Code = code;
                        if (IsUrgent(code))
                        {
                            urgent++;
                            alarms.Flush();
                        }
                    }

                    alarms.Flush();
                    return urgent;
                }
            }
            """,
    };
}

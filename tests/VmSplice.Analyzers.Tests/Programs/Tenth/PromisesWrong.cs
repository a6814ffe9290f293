namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Methods that break the promise of their annotations, and buffers that are left behind.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrameRouter"] = """
            namespace Network.Frames;

            public enum EtherType { Ip, Arp, Vlan, Unknown }

            public sealed class FrameRouter(SpliceWriter stack, SpliceWriter tagged)
            {
                private long _dropped;

                public long Dropped => _dropped;

                public void Route([Consumes] PageBuffer<byte> frame, int length) //~VMS2011
                {
                    switch (TypeOf(frame.Span))
                    {
                        case EtherType.Ip:
                        case EtherType.Arp:
                            stack.Send(frame, length);
                            break;
                        case EtherType.Vlan:
                            tagged.Send(frame, length);
                            break;
                        default:
                            _dropped++;
                            break;
                    }
                }

                private static EtherType TypeOf(ReadOnlySpan<byte> frame) => (frame[12], frame[13]) switch
                {
                    (0x08, 0x00) => EtherType.Ip,
                    (0x08, 0x06) => EtherType.Arp,
                    (0x81, 0x00) => EtherType.Vlan,
                    _ => EtherType.Unknown,
                };
            }
            """,
        ["MotionDetector"] = """
            namespace Camera.Motion;

            public sealed class MotionDetector(int width, int height)
            {
                private PageBuffer<byte> _reference;
                private bool _hasReference;

                /// <summary>How many blocks of eight by eight pixels differ from the frame before.</summary>
                public int Compare([Borrows] PageBuffer<byte> frame) //~VMS2011
                {
                    int moved = 0;
                    if (_hasReference)
                    {
                        for (int y = 0; y + 8 <= height; y += 8)
                        {
                            for (int x = 0; x + 8 <= width; x += 8)
                            {
                                moved += Differs(frame.Span, _reference.Span, (y * width) + x) ? 1 : 0;
                            }
                        }
                    }

                    _reference = frame;
                    _hasReference = true;
                    return moved;
                }

                private bool Differs(ReadOnlySpan<byte> now, ReadOnlySpan<byte> before, int at)
                {
                    int sum = 0;
                    for (int line = 0; line < 8; line++, at += width)
                    {
                        for (int i = 0; i < 8; i++)
                        {
                            sum += Math.Abs(now[at + i] - before[at + i]);
                        }
                    }

                    return sum > 512;
                }
            }
            """,
        ["SilenceGate"] = """
            namespace Audio.Gate;

            public static class SilenceGate
            {
                public static int Pass(Stream microphone, SpliceWriter recorder, int blockLength, int blocks)
                {
                    int passed = 0;
                    for (int i = 0; i < blocks; i++)
                    {
                        PageBuffer<byte> block = recorder.Rent<byte>(blockLength); //~VMS2013
                        microphone.ReadExactly(block.Span);
                        if (Loudest(block.Span) < 3)
                        {
                            continue;
                        }

                        recorder.Send(block);
                        passed++;
                    }

                    return passed;
                }

                private static int Loudest(ReadOnlySpan<byte> samples)
                {
                    int loudest = 0;
                    foreach (byte sample in samples)
                    {
                        loudest = Math.Max(loudest, Math.Abs(sample - 128));
                    }

                    return loudest;
                }
            }
            """,
        ["SpectrumView"] = """
            namespace Signal.Views;

            public sealed class SpectrumView(SpliceWriter display, double threshold)
            {
                public int Shown { get; private set; }

                public bool Offer([Borrows] PageBuffer<double> spectrum, double gain) //~VMS2011
                {
                    double peak = 0;
                    for (int bin = 0; bin < spectrum.Length; bin++)
                    {
                        peak = Math.Max(peak, spectrum[bin] * gain);
                    }

                    if (peak < threshold)
                    {
                        return false;
                    }

                    Show(spectrum);
                    return true;
                }

                private void Show(PageBuffer<double> spectrum)
                {
                    display.Send(spectrum);
                    Shown++;
                }
            }
            """,
    };
}

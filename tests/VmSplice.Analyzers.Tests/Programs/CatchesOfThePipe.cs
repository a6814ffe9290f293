namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A <c>catch</c> of what a pipe throws: work on memory does not lead to it, and a transfer that failed has taken its buffer.</summary>
internal sealed class CatchesOfThePipe : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SwitchInTheTry"] = Route("""
            switch (kind)
            {
                case 0:
                case 1:
                    one.Send(frame, length);
                    break;
                case 2:
                    other.Send(frame, length);
                    break;
                default:
                    _dropped++;
                    frame.Dispose();
                    break;
            }
            """, "catch (IOException) { _lost++; }"),
        ["IfInTheTry"] = Route("""
            if (kind == 0)
            {
                one.Send(frame, length);
            }
            else if (kind == 1)
            {
                frame.Span[^1] = 0;
                other.Send(frame, length);
            }
            else
            {
                _dropped += frame.Length;
                frame.Dispose();
            }
            """, "catch (IOException) { _lost++; }"),
        ["TwoCatches"] = Route("""
            if (kind == 0)
            {
                frame.Dispose();
                _dropped++;
                return;
            }

            one.Send(frame, Math.Min(length, frame.Length));
            """, "catch (IOException) { _lost++; } catch (OperationCanceledException) { _lost--; }"),
        ["ArithmeticBesideTheSend"] = Route("""
            _sums[kind] += length / (kind + 1);
            one.Send(frame, _sums[kind]);
            """, "catch (IOException) { _lost++; }"),
        ["OneOfSeveralWriters"] = Route("_writers[kind].Send(frame, length);", "catch (IOException) { _lost++; }"),
        ["EarlyReturnInTheTry"] = Route("""
            ReadOnlySpan<byte> bytes = frame.Span[..length];
            if (bytes.IndexOf((byte)0) >= 0)
            {
                frame.Dispose();
                return;
            }

            one.Send(frame, length);
            """, "catch (IOException) { _lost++; }"),
        ["AnythingIsCaught"] = Route("""
            switch (kind)
            {
                case 0:
                    one.Send(frame, length);
                    break;
                default:
                    _sums[kind]++;
                    frame.Dispose();
                    break;
            }
            """, "catch (Exception) { _lost++; }", " //~VMS2011"),
        ["AFileIsReadFirst"] = Route("""
            byte[] head = File.ReadAllBytes("head");
            head.CopyTo(frame.Span);
            one.Send(frame, length);
            """, "catch (IOException) { _lost++; }", " //~VMS2011"),
        ["ThrownByHand"] = Route("""
            if (kind > 2)
            {
                throw new IOException("kind");
            }

            one.Send(frame, length);
            """, "catch (IOException) { _lost++; }", " //~VMS2011"),
        ["ThrownFromAVariable"] = Route("""
            if (kind > 2)
            {
                throw failure;
            }

            one.Send(frame, length);
            """, "catch (IOException) { _lost++; }", " //~VMS2011"),
        ["AnotherCatchForTheIndex"] = Route("""
            _sums[kind]++;
            one.Send(frame, length);
            """, "catch (IOException) { _lost++; } catch (IndexOutOfRangeException) { _lost--; }", " //~VMS2011"),
        ["RentedHere"] = """
            public sealed class Rents(SpliceWriter one, SpliceWriter other)
            {
                private long _lost;

                public long Lost => _lost;

                public void Route(int kind, int length)
                {
                    PageBuffer<byte> frame = one.Rent<byte>(length);
                    frame.Span.Clear();
                    try
                    {
                        switch (kind)
                        {
                            case 0:
                                one.Send(frame, length);
                                break;
                            case 1:
                                other.Send(frame, length);
                                break;
                            default:
                                _lost++;
                                frame.Dispose();
                                break;
                        }
                    }
                    catch (IOException)
                    {
                        _lost++;
                    }
                }
            }
            """,
        ["RentedHereAndForgottenInOneCase"] = """
            public sealed class Forgets(SpliceWriter one, SpliceWriter other)
            {
                private long _lost;

                public long Lost => _lost;

                public void Route(int kind, int length)
                {
                    PageBuffer<byte> frame = one.Rent<byte>(length); //~VMS2013
                    frame.Span.Clear();
                    try
                    {
                        switch (kind)
                        {
                            case 0:
                                one.Send(frame, length);
                                break;
                            case 1:
                                other.Send(frame, length);
                                break;
                            default:
                                _lost++;
                                break;
                        }
                    }
                    catch (IOException)
                    {
                        _lost++;
                    }
                }
            }
            """,
        ["ReadInTheCatch"] = """
            public sealed class Reads(SpliceWriter one)
            {
                public int Route([Consumes] PageBuffer<byte> frame, int length)
                {
                    try
                    {
                        frame.Span[0] = 1;
                        one.Send(frame, length);
                        return length;
                    }
                    catch (IOException)
                    {
                        return frame.Span[0]; //~VMS2002
                    }
                }
            }
            """,
    };

    private static string Route(string body, string handlers, string mark = "") => $$"""
        public sealed class FrameRouter(SpliceWriter one, SpliceWriter other, IOException failure)
        {
            private readonly int[] _sums = new int[8];
            private readonly List<SpliceWriter> _writers = [one, other];
            private long _dropped;
            private long _lost;

            public (long, long, Exception) Counts => (_dropped, _lost, failure);

            public void Route(
                [Consumes] PageBuffer<byte> frame,{{mark}}
                int kind,
                int length)
            {
                try
                {
                    {{body}}
                }
                {{handlers}}
            }
        }
        """;
}

namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Buffers that nobody sends or disposes.</summary>
internal sealed class LeftBehindWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RentedBlockSkippedByContinue"] = """
            public static class Compactor
            {
                public static int Compact(SpliceWriter output, IEnumerable<byte[]> blocks)
                {
                    int sent = 0;
                    foreach (byte[] block in blocks)
                    {
                        PageBuffer<byte> target = output.Rent<byte>(Math.Max(block.Length, 1)); //~VMS2013
                        int length = 0;
                        foreach (byte b in block)
                        {
                            if (b != 0) target[length++] = b;
                        }

                        if (length == 0)
                        {
                            continue;
                        }

                        output.Send(target, length);
                        sent++;
                    }

                    return sent;
                }
            }
            """,
        ["SymbolWriterForgotten"] = """
            [Spliceable]
            public partial struct Symbol { public long Hash; public int Line; public int Column; }

            public static class SymbolDump
            {
                public static int Dump(SpliceWriter pipe, IEnumerable<(long Hash, int Line, int Column)> symbols)
                {
                    RecordWriter<Symbol> writer = Symbol.CreateWriter(pipe); //~VMS2013
                    int count = 0;
                    foreach (var (hash, line, column) in symbols)
                    {
                        writer.Write(new Symbol { Hash = hash, Line = line, Column = column });
                        count++;
                    }

                    return count;
                }
            }
            """,
        ["AuditWriterNeverEnded"] = """
            [Spliceable]
            public partial struct Audit { public long User; public long Action; }

            public sealed class AuditTrail
            {
                private readonly RecordWriter<Audit> _trail; //~VMS2013

                public AuditTrail(SpliceWriter pipe)
                {
                    _trail = Audit.CreateWriter(pipe);
                }

                public void Record(long user, long action)
                {
                    ref Audit audit = ref _trail.Next();
                    audit.User = user;
                    audit.Action = action;
                }
            }
            """,
        ["TestWriterLeftBehindOnSkip"] = """
            [Spliceable]
            public partial struct Case { public int Id; public int Outcome; }

            public static class ResultStream
            {
                public static int Publish(SpliceWriter pipe, IEnumerable<(int Id, int Outcome)> results, bool dryRun)
                {
                    RecordWriter<Case> cases = Case.CreateWriter(pipe); //~VMS2013
                    if (dryRun)
                    {
                        return 0;
                    }

                    int count = 0;
                    foreach ((int id, int outcome) in results)
                    {
                        cases.Write(new Case { Id = id, Outcome = outcome });
                        count++;
                    }

                    cases.Complete();
                    cases.Dispose();
                    return count;
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers that are sent twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ArchiveVolume"] = """
            namespace Archive.Volumes;

            /// <summary>A volume is its index, its parts, and the index once more, so that it can be read from either end.</summary>
            public static class ArchiveVolume
            {
                public static long Write(SpliceWriter tape, IReadOnlyList<byte[]> parts)
                {
                    PageBuffer<long> index = tape.Rent<long>(parts.Count);
                    long offset = 0;
                    for (int i = 0; i < parts.Count; i++)
                    {
                        index[i] = offset;
                        offset += parts[i].Length;
                    }

                    using SpliceGather gather = tape.CreateGather();
                    gather.Add(index);
                    foreach (byte[] part in parts)
                    {
                        if (part.Length == 0)
                        {
                            continue;
                        }

                        PageBuffer<byte> body = tape.Rent<byte>(part.Length);
                        part.CopyTo(body.Span);
                        gather.Add(body);
                    }

                    gather.Add(index); //~VMS2008
                    gather.Send();
                    return offset;
                }
            }
            """,
    };
}

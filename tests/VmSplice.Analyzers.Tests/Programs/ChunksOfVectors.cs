namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Lists of segments that are sent in chunks of at most IOV_MAX, and some that are not.</summary>
internal sealed class ChunksOfVectors : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SpanIsCutAfterEachCall"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, List<IoVec> parts)
                {
                    Span<IoVec> rest = CollectionsMarshal.AsSpan(parts);
                    while (!rest.IsEmpty)
                    {
                        int count = Math.Min(rest.Length, RawPipe.IovMax);
                        nuint sent = (nuint)RawPipe.VmSplice(pipe, rest[..count]);
                        if (sent == 0)
                        {
                            throw new IOException("the pipe took nothing");
                        }

                        while (!rest.IsEmpty && sent >= rest[0].Length)
                        {
                            sent -= rest[0].Length;
                            rest = rest[1..];
                        }

                        if (sent > 0)
                        {
                            rest[0] = new IoVec(rest[0].Address + (nint)sent, rest[0].Length - sent);
                        }
                    }
                }
            }
            """,
        ["SliceOfAtMost"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, ReadOnlySpan<IoVec> parts)
                {
                    while (parts.Length > 0)
                    {
                        ReadOnlySpan<IoVec> now = parts.Length > RawPipe.IovMax ? parts[..RawPipe.IovMax] : parts;
                        if (RawPipe.VmSplice(pipe, now) < Total(now))
                        {
                            throw new IOException("short");
                        }

                        parts = parts[now.Length..];
                    }
                }

                private static nint Total(ReadOnlySpan<IoVec> parts)
                {
                    nint total = 0;
                    foreach (IoVec one in parts)
                    {
                        total += (nint)one.Length;
                    }

                    return total;
                }
            }
            """,
        ["OffsetMovesOn"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, IoVec[] parts, nint each)
                {
                    for (int at = 0; at < parts.Length; at += 256)
                    {
                        ReadOnlySpan<IoVec> now = parts.AsSpan(at, Math.Min(256, parts.Length - at));
                        if (RawPipe.VmSplice(pipe, now) != each * now.Length)
                        {
                            throw new IOException("short");
                        }
                    }
                }
            }
            """,
        ["SliceByMethod"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, Span<IoVec> parts, nint each)
                {
                    int sent = 0;
                    while (sent < parts.Length)
                    {
                        int count = int.Min(parts.Length - sent, RawPipe.IovMax);
                        nint taken = RawPipe.VmSplice(pipe, parts.Slice(sent, count));
                        if (taken != each * count)
                        {
                            throw new IOException("short");
                        }

                        sent += count;
                    }
                }
            }
            """,
        ["CutButNotBounded"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, List<IoVec> parts)
                {
                    Span<IoVec> rest = CollectionsMarshal.AsSpan(parts);
                    while (!rest.IsEmpty)
                    {
                        nuint sent = (nuint)RawPipe.VmSplice(pipe, rest); //~VMS3004
                        if (sent == 0)
                        {
                            throw new IOException("the pipe took nothing");
                        }

                        while (!rest.IsEmpty && sent >= rest[0].Length)
                        {
                            sent -= rest[0].Length;
                            rest = rest[1..];
                        }
                    }
                }
            }
            """,
        ["BoundIsTooHigh"] = """
            static class P
            {
                static void SendAll(SafeHandle pipe, List<IoVec> parts, nint each)
                {
                    ReadOnlySpan<IoVec> rest = CollectionsMarshal.AsSpan(parts);
                    while (!rest.IsEmpty)
                    {
                        int count = Math.Min(rest.Length, 2 * RawPipe.IovMax);
                        if (RawPipe.VmSplice(pipe, rest[..count]) != each * count) //~VMS3004
                        {
                            throw new IOException("short");
                        }

                        rest = rest[count..];
                    }
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A list of segments has no more than IOV_MAX: by a guard, or by what was put into it.</summary>
internal sealed class CountsOfListsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["GuardBehindTheLoop"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    foreach (nint address in addresses) { parts.Add(new IoVec(address, 8)); }
                    if (parts.Count > RawPipe.IovMax) { throw new ArgumentException("Too many."); }
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["GuardOfANewList"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = new();
                    foreach (nint address in addresses) { parts.Add(new IoVec(address, 8)); }
                    if (parts.Count > RawPipe.IovMax) { return; }
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["GuardThatThrows"] = """
            static class P
            {
                static void M(SafeHandle pipe, List<IoVec> parts)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Count, RawPipe.IovMax);
                    if (RawPipe.VmSplice(pipe, parts.ToArray()) != 8) { throw new IOException(); }
                }
            }
            """,
        ["SpreadBehindAGuard"] = """
            static class P
            {
                static void M(SafeHandle pipe, List<IoVec> parts)
                {
                    if (parts.Count > RawPipe.IovMax) { throw new ArgumentException("Too many.", nameof(parts)); }
                    if (RawPipe.VmSplice(pipe, [.. parts]) != 8) { throw new IOException(); }
                }
            }
            """,
        ["ArrayBehindAGuard"] = """
            static class P
            {
                static void M(SafeHandle pipe, IoVec[] parts)
                {
                    if (parts.Length > RawPipe.IovMax) { return; }
                    if (RawPipe.VmSplice(pipe, parts.AsSpan()) != 8) { throw new IOException(); }
                }
            }
            """,
        ["PatternBehindTheLoop"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    foreach (nint address in addresses) { parts.Add(new IoVec(address, 8)); }
                    if (parts is { Count: > 0 and <= 1024 })
                    {
                        if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                    }
                }
            }
            """,
        ["CountIsSet"] = """
            static class P
            {
                static void M(SafeHandle pipe, IoVec one)
                {
                    List<IoVec> parts = [];
                    CollectionsMarshal.SetCount(parts, 8);
                    CollectionsMarshal.AsSpan(parts).Fill(one);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["TwoElements"] = """
            static class P
            {
                static void M(SafeHandle pipe, nint address)
                {
                    List<IoVec> parts = new() { new IoVec(address, 4) };
                    parts.Add(new IoVec(address + 4, 4));
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["CopyOfABoundedList"] = """
            static class P
            {
                static void M(SafeHandle pipe, List<IoVec> more, nint address)
                {
                    if (more.Count > 1000) { return; }
                    List<IoVec> parts = [];
                    parts.Add(new IoVec(address, 8));
                    parts.AddRange(more);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["SentWheneverItIsFull"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    foreach (nint address in addresses)
                    {
                        parts.Add(new IoVec(address, 8));
                        if (parts.Count == RawPipe.IovMax)
                        {
                            if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                            parts.Clear();
                        }
                    }

                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["SentAtTheLatestWhenItIsFull"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = new(RawPipe.IovMax);
                    foreach (nint address in addresses)
                    {
                        if (parts.Count >= RawPipe.IovMax)
                        {
                            if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                            parts.Clear();
                        }

                        parts.Add(new IoVec(address, 8));
                    }

                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); }
                }
            }
            """,
        ["HelperThatReadsBehindTheGuard"] = """
            static class P
            {
                private static nuint LengthOf(List<IoVec> parts)
                {
                    nuint length = 0;
                    foreach (IoVec part in parts)
                    {
                        length += part.Length;
                    }

                    return length;
                }

                static void M(SafeHandle pipe, List<IoVec> parts)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Count, RawPipe.IovMax);
                    nuint length = LengthOf(parts);
                    if ((nuint)RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != length)
                    {
                        throw new IOException();
                    }
                }
            }
            """,
        ["FieldBehindAGuard"] = """
            sealed class P(SafeHandle pipe)
            {
                private readonly List<IoVec> _parts = [];

                public void Add(nint address, nuint length) => _parts.Add(new IoVec(address, length));

                public nint Flush()
                {
                    if (_parts.Count > RawPipe.IovMax)
                    {
                        throw new InvalidOperationException("Too many parts.");
                    }

                    nint sent = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(_parts));
                    _parts.Clear();
                    return sent;
                }
            }
            """,
    };
}

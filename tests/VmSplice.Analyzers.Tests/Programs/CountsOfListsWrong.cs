namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A list of segments that may have more than IOV_MAX.</summary>
internal sealed class CountsOfListsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NoGuard"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    foreach (nint address in addresses) { parts.Add(new IoVec(address, 8)); }
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["CopyWithoutAGuard"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    foreach (nint address in addresses) { parts.Add(new IoVec(address, 8)); }
                    if (RawPipe.VmSplice(pipe, parts.ToArray()) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["AddedBehindTheGuard"] = """
            static class P
            {
                static void M(SafeHandle pipe, List<IoVec> parts, IoVec last)
                {
                    if (parts.Count > RawPipe.IovMax) { throw new ArgumentException("Too many.", nameof(parts)); }
                    parts.Add(last);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["InsertedBehindTheGuard"] = """
            static class P
            {
                static void M(SafeHandle pipe, List<IoVec> parts, IoVec first)
                {
                    if (parts.Count > RawPipe.IovMax) { throw new ArgumentException("Too many.", nameof(parts)); }
                    parts.Insert(0, first);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["AddedBehindTheGuardThatThrows"] = """
            static class P
            {
                static void M(SafeHandle pipe, List<IoVec> parts, List<IoVec> more)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThan(parts.Count, RawPipe.IovMax);
                    parts.AddRange(more);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["CountIsSetToANumberOfTheCaller"] = """
            static class P
            {
                static void M(SafeHandle pipe, List<IoVec> parts, int count)
                {
                    if (parts.Count > RawPipe.IovMax) { throw new ArgumentException("Too many.", nameof(parts)); }
                    CollectionsMarshal.SetCount(parts, count);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["CopyOfWhatSomebodyGives"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<IoVec> all)
                {
                    List<IoVec> parts = new(all);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["GuardOfAnotherLimit"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    foreach (nint address in addresses) { parts.Add(new IoVec(address, 8)); }
                    if (parts.Count > 4096) { throw new ArgumentException("Too many."); }
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["SentWhenItIsTooFull"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    foreach (nint address in addresses)
                    {
                        parts.Add(new IoVec(address, 8));
                        if (parts.Count == 2048)
                        {
                            parts.Clear();
                        }
                    }

                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["FilledByAHelperBehindTheGuard"] = """
            static class P
            {
                private static void Fill(List<IoVec> parts, IEnumerable<nint> addresses)
                {
                    foreach (nint address in addresses)
                    {
                        parts.Add(new IoVec(address, 8));
                    }
                }

                static void M(SafeHandle pipe, List<IoVec> parts, IEnumerable<nint> addresses)
                {
                    if (parts.Count > RawPipe.IovMax)
                    {
                        throw new ArgumentException("Too many.", nameof(parts));
                    }

                    Fill(parts, addresses);
                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) //~VMS3004
                    {
                        throw new IOException();
                    }
                }
            }
            """,
        ["FilledByALocalFunction"] = """
            static class P
            {
                static void M(SafeHandle pipe, IEnumerable<nint> addresses)
                {
                    List<IoVec> parts = [];
                    void One(nint address) => parts.Add(new IoVec(address, 8));
                    foreach (nint address in addresses) { One(address); }

                    if (RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(parts)) != 8) { throw new IOException(); } //~VMS3004
                }
            }
            """,
        ["FieldWithoutAGuard"] = """
            sealed class P(SafeHandle pipe)
            {
                private readonly List<IoVec> _parts = [];

                public void Add(nint address, nuint length) => _parts.Add(new IoVec(address, length));

                public nint Flush(IoVec last)
                {
                    if (_parts.Count > RawPipe.IovMax)
                    {
                        throw new InvalidOperationException("Too many parts.");
                    }

                    _parts.Add(last);
                    nint sent = RawPipe.VmSplice(pipe, CollectionsMarshal.AsSpan(_parts)); //~VMS3004
                    _parts.Clear();
                    return sent;
                }
            }
            """,
    };
}

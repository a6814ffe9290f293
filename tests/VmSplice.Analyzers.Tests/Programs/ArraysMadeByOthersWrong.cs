namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Arrays that the base library or a method in source makes, and texts, for the raw call.</summary>
internal sealed class ArraysMadeByOthersWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ArrayOfAQuery"] = """
            public static class OfQuery
            {
                public static nint Send(SafeHandle pipe, IEnumerable<double> values)
                {
                    int[] counts = values.Select(static one => (int)one).ToArray();
                    GCHandle pin = GCHandle.Alloc(counts, GCHandleType.Pinned);
                    try
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), (nuint)counts.Length * sizeof(int)), SpliceFlags.None); //~VMS2006
                    }
                    finally
                    {
                        pin.Free();
                    }
                }
            }
            """,
        ["ArrayOfAList"] = """
            public static unsafe class OfList
            {
                public static nint Send(SafeHandle pipe, List<byte> values)
                {
                    byte[] bytes = values.ToArray();
                    fixed (byte* start = bytes)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
        ["ArrayOfASpan"] = """
            public static unsafe class OfSpan
            {
                public static nint Send(SafeHandle pipe, ReadOnlySpan<byte> values)
                {
                    byte[] bytes = values.ToArray();
                    fixed (byte* start = bytes)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
        ["ArrayOfAConversion"] = """
            public static unsafe class OfConversion
            {
                public static nint Send(SafeHandle pipe, double[] values)
                {
                    int[] counts = Array.ConvertAll(values, static one => (int)one);
                    fixed (int* start = counts)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)counts.Length * sizeof(int)), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
        ["BytesOfAText"] = """
            public static unsafe class OfText
            {
                public static nint Send(SafeHandle pipe, string line)
                {
                    byte[] bytes = System.Text.Encoding.UTF8.GetBytes(line);
                    fixed (byte* start = bytes)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
        ["BytesOfAFile"] = """
            public static unsafe class OfFile
            {
                public static nint Send(SafeHandle pipe, string path)
                {
                    byte[] bytes = File.ReadAllBytes(path);
                    fixed (byte* start = bytes)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
        ["BytesOfAFileAwaited"] = """
            public static class OfFileAwaited
            {
                public static async Task<nint> SendAsync(SafeHandle pipe, string path)
                {
                    byte[] bytes = await File.ReadAllBytesAsync(path);
                    GCHandle pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
                    nint sent = RawPipe.VmSplice(pipe, new IoVec(pin.AddrOfPinnedObject(), (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    pin.Free();
                    return sent;
                }
            }
            """,
        ["CharactersOfAText"] = """
            public static unsafe class OfCharacters
            {
                public static nint Send(SafeHandle pipe, string line)
                {
                    char[] all = line.ToCharArray();
                    fixed (char* start = all)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)all.Length * sizeof(char)), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
        ["SpreadOfASequence"] = """
            public static unsafe class OfSpread
            {
                public static nint Send(SafeHandle pipe, IEnumerable<byte> values)
                {
                    byte[] bytes = [.. values];
                    fixed (byte* start = bytes)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
        ["ArrayOfAHelper"] = """
            public static unsafe class OfHelper
            {
                public static nint Send(SafeHandle pipe, int count)
                {
                    byte[] bytes = Ramp(count);
                    fixed (byte* start = bytes)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    }
                }

                private static byte[] Ramp(int count)
                {
                    byte[] ramp = new byte[count];
                    for (int i = 0; i < count; i++)
                    {
                        ramp[i] = (byte)i;
                    }

                    return ramp;
                }
            }
            """,
        ["ArrayOfAHelperOfOneExpression"] = """
            public static unsafe class OfExpression
            {
                public static nint Send(SafeHandle pipe, string name)
                {
                    byte[] bytes = Line(name);
                    fixed (byte* start = bytes)
                    {
                        return RawPipe.VmSplice(pipe, new IoVec(start, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                    }
                }

                private static byte[] Line(string name) => System.Text.Encoding.UTF8.GetBytes(name + "\n");
            }
            """,
        ["NoPinAtAll"] = """
            public static class NoPin
            {
                public static nint Send(SafeHandle pipe, IEnumerable<byte> values)
                {
                    byte[] bytes = values.ToArray();
                    nint at = System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0);
                    return RawPipe.VmSplice(pipe, new IoVec(at, (nuint)bytes.Length), SpliceFlags.None); //~VMS2006
                }
            }
            """,
        ["TextWithAMovedPointer"] = """
            public static unsafe class MovedText
            {
                public static nint Log(SafeHandle logger, string table, IReadOnlyList<string> columns)
                {
                    string statement = $"select {string.Join(", ", columns)} from {table}";
                    nuint left = (nuint)statement.Length * sizeof(char);
                    nint all = 0;
                    fixed (char* text = statement)
                    {
                        byte* at = (byte*)text;
                        while (left > 0)
                        {
                            nint sent = RawPipe.VmSplice(logger, new IoVec(at, left), SpliceFlags.None); //~VMS2006
                            at += sent;
                            left -= (nuint)sent;
                            all += sent;
                        }
                    }

                    return all;
                }
            }
            """,
        ["ConcatenatedText"] = """
            public static unsafe class Concatenated
            {
                public static nint Log(SafeHandle logger, string table, string column)
                {
                    string statement = "select " + column + " from " + table;
                    fixed (char* text = statement)
                    {
                        return RawPipe.VmSplice(logger, new IoVec(text, (nuint)statement.Length * sizeof(char)), SpliceFlags.None); //~VMS2006
                    }
                }
            }
            """,
    };
}

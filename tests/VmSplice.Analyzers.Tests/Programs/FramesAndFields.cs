namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Spliceable buffers from their own type, fields that are rented into, memory that the collector moves.</summary>
internal sealed class FramesAndFields : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RentedFrameLeftBehind"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    Frame f = Frame.Rent(w); //~VMS2013
                    f.Header = 1;
                }
            }
            """,
        ["ReceivedFrameLeftBehind"] = """
            internal static unsafe class Program
            {
                static void M(SpliceReader r)
                {
                    Frame f = Frame.Receive(r); //~VMS2013
                    Console.WriteLine(f.Header);
                }
            }
            """,
        ["SegmentLengthSetAfterTheSend"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    Frame f = Frame.Rent(w);
                    f.CaptionLength = 3;
                    w.Send(f);
                    f.CaptionLength = 4; //~VMS2001
                }
            }
            """,
        ["SegmentLengthSetBefore"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    Frame f = Frame.Rent(w);
                    f.CaptionLength = 3;
                    w.Send(f);
                }
            }
            """,
        ["ReceivedFrameInUsing"] = """
            internal static unsafe class Program
            {
                static void M(SpliceReader r)
                {
                    using Frame f = Frame.Receive(r);
                    Console.WriteLine(f.Header);
                }
            }
            """,
        ["TriedFrameLeftBehind"] = """
            internal static unsafe class Program
            {
                static void M(SpliceReader r)
                {
                    Frame? f = r.TryReceive<Frame>(); //~VMS2013
                    Console.WriteLine(f?.Header);
                }
            }
            """,
        ["AllocatedFrameLeftBehind"] = """
            internal static unsafe class Program
            {
                static void M()
                {
                    Frame f = Frame.Allocate(); //~VMS2013
                    f.Header = 1;
                }
            }
            """,
        ["FieldOfAnObject"] = """
            sealed class Box
            {
                public long Value;
            }
            static class D
            {
                public static unsafe void M(SafeHandle pipe, Box box)
                {
                    fixed (long* p = &box.Value)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec(p, 8), SpliceFlags.None); //~VMS2006
                        if (n != 8)
                            throw new IOException();
                    }
                }
            }
            """,
        ["StaticField"] = """
            static class D
            {
                static long s_value;
                public static unsafe void M(SafeHandle pipe)
                {
                    fixed (long* p = &s_value)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec(p, 8), SpliceFlags.None); //~VMS2006
                        if (n != 8)
                            throw new IOException();
                    }
                }
            }
            """,
        ["ArrayOfTwoDimensions"] = """
            internal static unsafe class Program
            {
                static void M(SafeHandle pipe)
                {
                    byte[, ] grid = new byte[64, 64];
                    fixed (byte* p = grid)
                    {
                        nint n = RawPipe.VmSplice(pipe, new IoVec(p, 64), SpliceFlags.None); //~VMS2006
                        if (n != 64)
                            throw new IOException();
                    }
                }
            }
            """,
        ["FieldRentedWhereThereIsNone"] = """
            class S
            {
                PageBuffer<int>? _b;
                public void M(SpliceWriter w)
                {
                    _b ??= w.Rent<int>(4);
                    w.Send(_b.Value); //~VMS2009
                }
            }
            """,
        ["FrameRentedWhereThereIsNone"] = """
            class S
            {
                Frame? _f;
                public void M(SpliceWriter w)
                {
                    _f ??= Frame.Rent(w);
                    w.Send(_f); //~VMS2009
                }
            }
            """,
        ["FrameGivenUpAfterTheSend"] = """
            class S
            {
                Frame? _f;
                public void M(SpliceWriter w)
                {
                    _f ??= Frame.Rent(w);
                    w.Send(_f);
                    _f = null;
                }
            }
            """,
        ["SegmentLengthSetBeforeTheSend"] = """
            internal static unsafe class Program
            {
                static void M(SpliceWriter w)
                {
                    Frame f = Frame.Rent(w);
                    f.CaptionLength = 3;
                    w.Send(f);
                }
            }
            """,
        ["ReceivedFrameInAUsing"] = """
            internal static unsafe class Program
            {
                static void M(SpliceReader r)
                {
                    using Frame f = Frame.Receive(r);
                    Console.WriteLine(f.Header);
                }
            }
            """,
        ["FrameThatMayBeNone"] = """
            internal static unsafe class Program
            {
                static void M(SpliceReader r)
                {
                    while (Frame.TryReceive(r)is { } f)
                    {
                        Console.WriteLine(f.Header);
                        f.Dispose();
                    }
                }
            }
            """,
        ["FrameThatIsAskedForNull"] = """
            internal static unsafe class Program
            {
                static void M(SpliceReader r)
                {
                    Frame? f = Frame.TryReceive(r);
                    if (f is null)
                    {
                        return;
                    }
                    Console.WriteLine(f.Header);
                    f.Dispose();
                }
            }
            """,
        ["CoalescedFieldThatIsGivenUp"] = """
            class S
            {
                Frame? _f;
                public void M(SpliceWriter w)
                {
                    _f ??= Frame.Rent(w);
                    w.Send(_f);
                    _f = null;
                }
            }
            """,
        ["CoalescedFieldThatIsFilled"] = """
            class S
            {
                Frame? _f;
                public void Put(SpliceWriter w, int n)
                {
                    _f ??= Frame.Rent(w);
                    _f.Header = n;
                }
                public void Flush(SpliceWriter w)
                {
                    if (_f is { } f)
                    {
                        _f = null;
                        w.Send(f);
                    }
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.FixMeaning;

/// <summary>Programs that break VMS2009, VMS2010 and VMS2013, most of which send to themselves and print what arrives.</summary>
internal static class LifetimeSamples
{
    private const string Tick = "[Spliceable] public partial struct Tick { public long Time; public double Price; }\n";

    public static FixSample[] All { get; } = [.. Reachable, .. Unknown, .. Leaks];

    private static FixSample[] Reachable =>
    [
        Program("VMS2009", "field, in a lambda and in a switch", """
            private PageBuffer<int> _held;
            public PageBuffer<int> Auto { get; set; }
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                _held = w.Rent<int>(4);
                _held[0] = n;
                Action send = () => { w.Send(_held); };
                send();
                Auto = w.Rent<int>(2);
                switch (n) { case 7: Auto[0] = 9; w.Send(Auto); break; default: break; }
                return Ints(r, 6);
            }
            """),
        Program("VMS2009", "embedded, with comments", """
            private PageBuffer<int> _held;
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                _held = w.Rent<int>(4);
                if (n > 3)
                    // all of it
                    w.Send(_held); // gone
                return Ints(r, 4);
            }
            """),
    ];

    private static FixSample[] Unknown =>
    [
        new("VMS2010", "interface and delegate, in another file", """
            public class Sender
            {
                public void Send(ISink sink, Give give, PageBuffer<int> a, PageBuffer<int> b) { sink.Take(/* all */ a); give(b); }
            }
            """, "public interface ISink { void Take(PageBuffer<int> buffer); } public delegate void Give(PageBuffer<int> buffer);"),
        new("VMS2010", "two parameters, generic", """
            public abstract class Sink<T>
            {
                public abstract void Take(
                    // what
                    PageBuffer<int> buffer, T other);
            }
            public class Sender { public void Send(Sink<string> sink, PageBuffer<int> buffer) => sink.Take(buffer, ""); }
            """),
    ];

    private static FixSample[] Leaks =>
    [
        Program("VMS2013", "several variables", """
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                // two at once
                PageBuffer<int> a = w.Rent<int>(4), b = w.Rent<int>(4);
                a[0] = n; b[0] = 2;
                if (n > 3) { w.Send(a); return Ints(r, 4); }
                w.Send(b);
                return Ints(r, 4);
            }
            """),
        Program("VMS2013", "several variables, one of which is somebody else's", """
            private PageBuffer<int> _kept;
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                PageBuffer<int> a = w.Rent<int>(4), b = w.Rent<int>(4);
                _kept = b;
                b[0] = n; a[0] = 1;
                w.Send(_kept);
                _kept = default;
                return Ints(r, 4);
            }
            """),
        Program("VMS2013", "lambda", """
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                Action send = () =>
                {
                    var b = w.Rent<int>(4); // in here
                    b[0] = n;
                    if (n > 3) { w.Send(b); }
                };
                send();
                return Ints(r, 4);
            }
            """),
        Program("VMS2013", "local function", """
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                Send();
                return Ints(r, 4);
                void Send()
                {
                    var b = w.Rent<int>(4);
                    b[1] = n;
                    if (n > 3) { w.Send(b); }
                }
            }
            """),
        Program("VMS2013", "switch section", """
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                switch (n)
                {
                    // the usual one
                    case 7:
                        var b = w.Rent<int>(4);
                        b[0] = n;
                        if (n > 3) { w.Send(b); }
                        break;
                    case 8: // two in one section
                        var c = w.Rent<int>(4); var d = w.Rent<int>(4);
                        c[0] = d[0];
                        return "";
                    default:
                        return "none";
                }
                return Ints(r, 4);
            }
            """),
        Program("VMS2013", "switch section whose variable another one uses", """
            public string Go(SpliceWriter w, SpliceReader r, int n)
            {
                switch (n)
                {
                    case 7:
                        var b = w.Rent<int>(4);
                        b[0] = n;
                        if (n > 3) { w.Send(b); }
                        break;
                    default:
                        b = default;
                        return $"{b.Length}";
                }
                return Ints(r, 4);
            }
            """),
        new("VMS2013", "program", """
            using SplicePipe pipe = SplicePipe.Create();
            using SpliceWriter w = pipe.OpenWriter();
            using SpliceReader r = pipe.OpenReader();
            // the first
            var b = w.Rent<byte>(4);
            b[0] = 5;
            if (args.Length == 0) w.Send(b);
            Span<byte> got = new byte[4];
            r.ReadExactly(got);
            Console.WriteLine(got[0]);
            """),
        new("VMS2013", "record writer in a lambda and a section", Tick + """
            public class Feed
            {
                public void Publish(SpliceWriter w, int n)
                {
                    Action publish = () => { var x = Tick.CreateWriter(w); x.Next().Time = n; };
                    switch (n)
                    {
                        case 1:
                        {
                            var y = Tick.CreateWriter(w);
                            y.Next().Time = 1;
                            break;
                        }
                        case 2: var z = Tick.CreateWriter(w);
                        z.Next().Price = 2;
                        break;
                    }
                    publish();
                }
            }
            """),
    ];

    private static FixSample Program(string rule, string name, string members) => new(rule, name, $$"""
        public static class Sample
        {
            public static string Run()
            {
                using SplicePipe pipe = SplicePipe.Create();
                using SpliceWriter w = pipe.OpenWriter();
                using SpliceReader r = pipe.OpenReader();
                return new Subject().Go(w, r, 7);
            }
        }
        public class Subject
        {
            private static string Ints(SpliceReader r, int count)
            {
                Span<int> got = new int[count];
                r.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(got));
                return string.Join(',', got.ToArray());
            }
            {{members}}
        }
        """);
}

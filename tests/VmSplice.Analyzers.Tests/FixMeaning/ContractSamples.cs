namespace VmSplice.Analyzers.Tests.FixMeaning;

/// <summary>Declarations that break VMS1001 to VMS1008, VMS1012 or VMS1013, with what stands around declarations.</summary>
internal static class ContractSamples
{
    private const string Interop = "using System.Runtime.CompilerServices;\nusing System.Runtime.InteropServices;\n";

    public static FixSample[] All { get; } = [.. Partial, .. Marks, .. Recorded, .. Layout, .. Padding, .. PlatformSize, .. InvalidPatterns, .. Segments];

    private static FixSample[] Partial =>
    [
        new("VMS1001", "nested, with comments and another record", """
            /// <summary>Of a market.</summary>
            // not yet partial
            internal class Outer
            {
                #if !NEVER
                [Spliceable] /* a tick */
                public readonly record struct Tick(int Id);
                #endif
            }
            static class Feed { [Spliceable] struct One { public int A; } [Spliceable] struct Two { public int B; } }
            """),
        new("VMS1001", "program", """
            Console.WriteLine(new Tick { Id = 3 });

            [Spliceable]
            record struct Tick { public int Id; }
            """),
    ];

    private static FixSample[] Marks =>
    [
        new("VMS1012", "program that uses a record many times", """
            using SplicePipe pipe = SplicePipe.Create();
            using (RecordWriter<Tick> writer = Tick.CreateWriter(pipe.OpenWriter()))
            {
                writer.Next().Id = 3;
                writer.Complete();
            }

            using var reader = new RecordReader<Tick>(pipe.OpenReader());
            Console.WriteLine(reader.ReadBatch()[0].Id);

            #if !NEVER
            /* a tick */ record struct Tick { public int Id; } // of the market
            #endif
            """),
        new("VMS1012", "type in a class of another file", "class C { object M(SpliceWriter w) => Feeds.Feed.Tick.CreateWriter(w); }", """
            namespace Feeds;
            internal static class Feed
            {
                internal struct Tick { public int Id; }
            }
            """),
    ];

    private static FixSample[] Recorded =>
    [
        new("VMS1013", "nothing is recorded", """
            Console.WriteLine(new Tick { Id = 3 });

            [Spliceable] /* of the market */
            partial record struct Tick { public int Id; }
            """) { Layouts = "" },
        new("VMS1013", "a version and a buffer are not recorded", """
            [Spliceable] public partial struct Tick { public long Time; [Since(2, Default = 3)] public long Price; }
            [Spliceable] public partial class Frame
            {
                [Segment] public partial ref Tick At { get; }
                [Segment(MaxLength = 9)] public partial Span<byte> Text { get; }
            }
            """) { Layouts = "# Known to the field.\n" },
        new("VMS1013", "a field was appended without a version", """
            Console.WriteLine(new Tick { Time = 3 });
            [Spliceable] partial struct Tick { public long Time; public long Price; }
            """) { Layouts = "Tick 1: 8 bytes, 0123456789abcdef\n    0 long Time\n" },
        new("VMS1013", "a buffer has another segment", """
            [Spliceable] public partial class Frame { [Segment] public partial ref long At { get; } }
            """) { Layouts = "Frame 1: buffer, 0123456789abcdef\n    int At\n" },
    ];

    private static FixSample[] Layout =>
    [
        new("VMS1003", "automatic", Interop + """
            [Spliceable, StructLayout(LayoutKind.Auto, Pack = 1)]
            public partial struct Tick { public byte Tag; public int Id; /* last */ }
            public static class Sample { public static string Run() { Tick t = new() { Tag = 1, Id = 2 }; return $"{t.Tag} {t.Id}"; } }
            """),
        new("VMS1003", "automatic in a using static", """
            using System.Runtime.InteropServices;
            using static System.Runtime.InteropServices.LayoutKind;
            [Spliceable]
            [StructLayout(Auto)]
            public partial record struct Tick(long Time, long Id);
            public static class Sample { public static string Run() => new Tick(1, 2).ToString(); }
            """),
        new("VMS1003", "union of the same size", Interop + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Number
            {
                [FieldOffset(0)] public double Value;
                /// <summary>Its bits.</summary>
                [FieldOffset(0), Obsolete("use Value")] public ulong Raw; // the same bytes
            }
            #pragma warning disable CS0618
            public static class Sample
            {
                public static string Run()
                {
                    var n = new Number { Value = 1.5 };
                    string first = n.Raw.ToString("X");
                    n.Raw++;
                    n.Raw |= 1UL << 63;
                    return $"{first} {n.Value:R}";
                }
            }
            """),
        new("VMS1003", "union of parts, with a parted gap", Interop + """
            public enum Side : byte { Buy, Sell }
            [Spliceable, StructLayout(LayoutKind.Explicit, Size = 16)]
            public partial struct Word
            {
                [FieldOffset(0)] public ulong All;
                [FieldOffset(0)] public int Low;
                [FieldOffset(4)] private short _high;
                [FieldOffset(7)] public Side Top;
                [FieldOffset(8)] public long After;
                public short High { readonly get => _high; set => _high = value; }
            }
            public static class Sample
            {
                public static string Run()
                {
                    var w = new Word { Low = -2, High = 3, Top = Side.Sell, After = 4 };
                    w.Low += 1;
                    return $"{w.All:X} {w.Low} {w.High} {w.Top} {w.After}";
                }
            }
            """),
        new("VMS1003", "union to which references are taken", Interop + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Number { [FieldOffset(0)] public double Value; [FieldOffset(0)] public ulong Raw; }
            public static class Sample
            {
                public static string Run()
                {
                    var n = new Number { Value = 2 };
                    ref ulong raw = ref n.Raw;
                    raw++;
                    return n.Value.ToString("R");
                }
            }
            """),
        new("VMS1003", "gap", Interop + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Reading
            {
                // which
                [FieldOffset(2)] public short Sensor;
                [FieldOffset(8)] public double Value;
            }
            public static class Sample
            {
                public static unsafe string Run()
                {
                    Reading r = new() { Sensor = 7, Value = 2.5 };
                    var p = (byte*)&r;
                    return $"{sizeof(Reading)} {*(short*)(p + 2)} {*(double*)(p + 8)}";
                }
            }
            """),
        new("VMS1003", "gap between fields of one size", Interop + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial record struct Reading { [FieldOffset(0)] public long A; [field: FieldOffset(16)] public long B { get; set; } }
            public static class Sample { public static string Run() => new Reading { A = 1, B = 2 }.ToString(); }
            """),
        new("VMS1003", "partial overlap and a large gap", Interop + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Reading
            {
                [FieldOffset(0)] public int A;
                [FieldOffset(2)] public int B;
                [FieldOffset(64)] public long C;
            }
            public static class Sample
            {
                public static unsafe string Run() { Reading r = new() { A = 1, C = 3 }; return $"{sizeof(Reading)} {*(long*)((byte*)&r + 64)}"; }
            }
            """),
    ];

    private static FixSample[] Padding =>
    [
        new("VMS1004", "comments, properties, several variables", """
            [Spliceable]
            public partial struct Tick
            {
                public byte Venue, Kind; // where
                /// <summary>How much.</summary>
                public double Price { get; set; }
                // how many
                public int Size;
                public const int Most = 3;
                public static Tick Make() => new() { Venue = 1, Kind = 2, Price = 2.5, Size = 3 };
            }
            public static class Sample { public static string Run() { Tick t = Tick.Make(); t.Price *= 2; return $"{t.Venue} {t.Kind} {t.Price} {t.Size}"; } }
            """),
        new("VMS1004", "record struct, which prints its members", """
            [Spliceable]
            public partial record struct Tick { public byte Venue; public double Price; public int Size; }
            public static class Sample { public static string Run() => $"{new Tick { Venue = 1, Price = 2, Size = 3 }} {new Tick() == default}"; }
            """),
        new("VMS1004", "initial values with an effect", """
            [Spliceable]
            public partial struct Tick
            {
                private static int s_count;
                public byte Venue = (byte)++s_count;
                public long Time = ++s_count;
                public byte Kind = (byte)++s_count;
                public Tick() { }
            }
            public static class Sample { public static string Run() { var t = new Tick(); return $"{t.Venue} {t.Time} {t.Kind}"; } }
            """),
        new("VMS1004", "members in an #if", """
            #define WIDE
            [Spliceable]
            public partial struct Tick
            {
                public byte Venue;
            #if WIDE
                public long Time;
            #else
                public int Time;
            #endif
                public byte Kind;
            }
            public static class Sample
            {
                public static string Run()
                {
                    var t = new Tick { Venue = 1, Time = 2, Kind = 3 };
                    return $"{t.Venue} {t.Time} {t.Kind}";
                }
            }
            """),
        new("VMS1004", "primary constructor, in two files", """
            [Spliceable]
            public partial struct Tick(byte venue, long time)
            {
                public byte Venue = venue;
                public long Time { get; } = time;
            }
            public static class Sample { public static string Run() { var t = new Tick(1, 2); return $"{t.Venue} {t.Sum}"; } }
            """, "public partial struct Tick { public readonly long Sum => Venue + Time; }"),
        new("VMS1004", "stated size", Interop + """
            [Spliceable, StructLayout(LayoutKind.Sequential, Size = 64)]
            public partial struct Tick { public long Time; public int Size; }
            public static class Sample { public static unsafe string Run() => $"{sizeof(Tick)} {new Tick { Time = 1, Size = 2 }.Size}"; }
            """),
        new("VMS1004", "stated size without usings, explicit", """
            [Spliceable, System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit, Size = 4096)]
            public partial struct Tick { [System.Runtime.InteropServices.FieldOffset(0)] public long Padding8; }
            public static class Sample { public static unsafe string Run() => $"{sizeof(Tick)} {new Tick { Padding8 = 1 }.Padding8}"; }
            """),
        new("VMS1004", "variables that are set field by field, elsewhere", """
            [Spliceable]
            public partial struct Tick { public byte Venue; public long Time; }
            """,
            "public static class Sample { public static string Run() { Tick t; t.Venue = 1; t.Time = 2; Tick u = t; return $\"{u.Venue} {u.Time}\"; } }"),
        new("VMS1004", "nested beside a generic type", """
            public static partial class Market<T>
            {
                public static T? Any;
            }
            public static partial class Market
            {
                [Spliceable] private partial struct Tick { public byte Venue; public int Size; }
                public static string Text() => new Tick { Venue = 1, Size = 2 }.Size.ToString();
            }
            public static class Sample { public static string Run() => Market.Text(); }
            """),
    ];

    private static FixSample[] PlatformSize =>
    [
        new("VMS1005", "used where a long will do", """
            [Spliceable]
            public partial struct Tick { public nint A, /* and */ B; public readonly long Sum => A + B; }
            public static class Sample { public static string Run() { var t = new Tick { A = 1, B = 2 }; t.A <<= 3; return $"{t.A} {t.Sum}"; } }
            """),
        new("VMS1005", "used as what it is, in two files", """
            [Spliceable]
            public partial struct Tick
            {
                [System.ComponentModel.Description("where")] public nint Address;
                public nuint Length { get; init; }
            }
            """,
            """
            public static class Sample
            {
                static string Text(nint a) => $"a{a}";
                static string Text(long a) => $"l{a}";
                public static string Run()
                {
                    var t = new Tick { Address = 5, Length = 6 };
                    nint a = t.Address;
                    nuint l = t.Length;
                    return $"{Text(a)} {l}";
                }
            }
            """),
        new("VMS1005", "C types", Interop + """
            [Spliceable]
            public partial struct Tick { public CLong Time; public NFloat Price; public CULong Id { get; set; } }
            public static class Sample
            {
                public static string Run()
                {
                    var t = new Tick { Time = new CLong(1), Price = new NFloat(2.5), Id = new CULong(3u) };
                    return $"{t.Time.Value} {t.Price} {t.Id}";
                }
            }
            """),
        new("VMS1005", "positional", """
            [Spliceable]
            public partial record struct Tick(nint A, UIntPtr B);
            public static class Sample { public static string Run() => new Tick(1, 2).ToString(); }
            """),
        new("VMS1005", "passed by reference", """
            [Spliceable]
            public partial struct Tick { public nint A; }
            public static class Sample
            {
                static void Add(ref nint x) => x++;
                public static string Run()
                {
                    var t = new Tick { A = 1 };
                    Add(ref t.A);
                    return $"{t.A}";
                }
            }
            """),
    ];

    private static FixSample[] InvalidPatterns =>
    [
        new("VMS1006", "attributes that others look for", """
            using System.Text.Json;
            using System.Text.Json.Serialization;
            [Spliceable]
            public partial struct Quote
            {
                [JsonPropertyName("t"), JsonInclude] public DateTime Time;
                [field: NonSerialized] [Obsolete("gone")] public TimeOnly At { get; set; }
                [JsonPropertyName("d")] public DateOnly Day { get; set; } // of trade
                public int Size;
            }
            #pragma warning disable CS0618
            public static class Sample
            {
                public static string Run()
                {
                    string text = JsonSerializer.Serialize(new Quote
                    {
                        Time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Day = new DateOnly(2026, 5, 6), At = new TimeOnly(7, 8),
                    });
                    var back = JsonSerializer.Deserialize<Quote>(text);
                    var parts = JsonDocument.Parse(text).RootElement.EnumerateObject();
                    return string.Join(',', parts.Select(one => one.ToString()).Order()) + $"{back.Time:O} {back.Day:O}";
                }
            }
            """),
        new("VMS1006", "offset from UTC", """
            [Spliceable]
            public partial struct Quote { public DateTimeOffset Sent; }
            public static class Sample
            {
                public static string Run() => new Quote { Sent = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)) }.Sent.ToString("O");
            }
            """),
        new("VMS1006", "record, which compares", """
            [Spliceable]
            public partial record struct Quote { public DateTime Time; public DateOnly Day { get; set; } public int Size; }
            public static class Sample
            {
                public static string Run()
                {
                    var a = new Quote { Time = new DateTime(5, DateTimeKind.Utc), Day = new DateOnly(2026, 1, 2) };
                    return $"{a == a with { Time = new DateTime(5, DateTimeKind.Local) }} {a == a with { Day = new DateOnly(2026, 1, 2) }}";
                }
            }
            """),
        new("VMS1006", "offset from UTC in a record", """
            [Spliceable]
            public partial record struct Quote { public DateTimeOffset Sent { get; init; } }
            """),
        new("VMS1006", "in an #if, with comments", """
            #define TIMES
            [Spliceable]
            public partial struct Quote
            {
            #if TIMES
                /// <summary>When.</summary>
                public DateTime Time; // UTC
            #else
                public long Time;
            #endif
                private System.Text.Rune _letter;
                public int Size;
                public readonly int Letter => _letter.Value;
                public Quote(char letter) { _letter = new System.Text.Rune(letter); Time = default; }
            }
            public static class Sample { public static string Run() => $"{new Quote('x').Letter} {new Quote('y').Time:O}"; }
            """),
        new("VMS1006", "read only, primary constructor, interface", """
            public interface ITimed { DateTime Time { get; } DateOnly Day { get; } }
            [Spliceable]
            public readonly partial struct Quote(DateTime time) : ITimed
            {
                public DateTime Time { get; } = time;
                DateOnly ITimed.Day { get; }
                public readonly TimeOnly At;
                public Quote(TimeOnly at) : this(DateTime.MinValue) { At = at; }
            }
            public static class Sample
            {
                public static string Run() => $"{new Quote(new TimeOnly(1, 2)).At:O} {((ITimed)new Quote(new DateTime(7))).Time.Ticks}";
            }
            """),
        new("VMS1006", "required, or passed by reference", """
            [Spliceable]
            public partial struct Quote { public required DateTime Time { get; set; } public DateOnly Day; }
            public static class Sample
            {
                static void Next(ref DateOnly day) => day = day.AddDays(1);
                public static string Run()
                {
                    var q = new Quote { Time = new DateTime(3), Day = new DateOnly(2026, 1, 1) };
                    Next(ref q.Day);
                    return $"{q.Time.Ticks} {q.Day:O}";
                }
            }
            """),
        new("VMS1006", "explicit layout, several variables", Interop + """
            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Quote { [FieldOffset(8)] public DateTime Time; [FieldOffset(0)] public double Price; }
            [Spliceable]
            public partial struct Span { public DateTime From, To; }
            public static class Sample
            {
                public static unsafe string Run()
                {
                    Quote q = new() { Time = new DateTime(9), Price = 1 };
                    return $"{q.Time.Ticks} {*(long*)((byte*)&q + 8)}";
                }
            }
            """),
    ];

    private static FixSample[] Segments =>
    [
        new("VMS1008", "array and value", """
            [Spliceable]
            public sealed partial class Frame
            {
                /// <summary>Which.</summary>
                [Segment, System.ComponentModel.Description("id")] public long Id { get; set; } // the number
                [Segment(Length = 16)] public byte[] Data { get; } = new byte[16];
                [Segment(MaxLength = 16)] internal static ReadOnlySpan<char> Name => default;
            }
            """),
        new("VMS1008", "text", """
            [Spliceable]
            public sealed partial class Frame { [Segment] public string Text { get; set; } = ""; [Segment] /* raw */ public List<byte> Data { get; } = []; }
            """),
        new("VMS1008", "bodies and initial values", """
            [Spliceable]
            public sealed partial class Frame
            {
                private int _total = 3;
                [Segment] public int Total { get => _total; set => _total = value; }
                [Segment] public long Start { get; set; } = 7;
                [Segment(Length = 3)] public int[] Row { get; } = [1, 2, 3];
            }
            """),
        new("VMS1008", "in an #if, nested", """
            #define PIXELS
            public partial class Video
            {
                [Spliceable]
                private sealed partial class Frame
                {
            #if PIXELS
                    [Segment(Length = 640 * 480)]
                    public int[] Pixels { get; } = new int[640 * 480];
            #endif
                    [VmSplice.SegmentAttribute] internal ref readonly int Id => throw new NotSupportedException();
                }
            }
            """),
    ];
}

using VmSplice.Analyzers.Contracts;
using VmSplice.Analyzers.Tests.Testing;
using VmSplice.CodeFixes.Contracts;
using Xunit;

namespace VmSplice.Analyzers.Tests.Contracts;

/// <summary>The fix of VMS1006.</summary>
public sealed class AnyPatternFixTests
{
    [Fact]
    public Task Fields_StoredAsNumbers()
        => VerifyAsync(
            """
            [Spliceable]
            public partial struct Quote
            {
                /// <summary>When.</summary>
                public DateTime Time;
                internal System.DateOnly Day;
                private System.Text.Rune _letter;

                public readonly bool IsOld(DateTime now) => Time < now && Day.Year < 2000 && _letter.IsAscii;
                public static Quote At(DateTime time) => new() { Time = time, Day = DateOnly.FromDateTime(time) };
            }
            """,
            """
            [Spliceable]
            public partial struct Quote
            {
                private long _time;
                /// <summary>When.</summary>
                public DateTime Time { readonly get => DateTime.FromBinary(_time); set => _time = value.ToBinary(); }
                private int _day;
                internal System.DateOnly Day { readonly get => System.DateOnly.FromDayNumber(_day); set => _day = value.DayNumber; }
                private int _letterValue;
                private System.Text.Rune _letter { readonly get => new System.Text.Rune(_letterValue); set => _letterValue = value.Value; }

                public readonly bool IsOld(DateTime now) => Time < now && Day.Year < 2000 && _letter.IsAscii;
                public static Quote At(DateTime time) => new() { Time = time, Day = DateOnly.FromDateTime(time) };
            }
            """);

    [Fact]
    public Task ReadOnlyFieldSetInConstructor_StaysSettableThere()
        => VerifyAsync(
            """
            [Spliceable]
            public readonly partial struct Quote
            {
                public readonly TimeOnly Time;

                public Quote(TimeOnly time) { Time = time; }
            }
            """,
            """
            [Spliceable]
            public readonly partial struct Quote
            {
                private readonly long _time;
                public TimeOnly Time { get => new TimeOnly(_time); init => _time = value.Ticks; }

                public Quote(TimeOnly time) { Time = time; }
            }
            """);

    [Fact]
    public Task Properties_KeepTheirAccessors()
        => VerifyAsync(
            """
            [Spliceable]
            public partial struct Quote
            {
                public DateTime Time { get; set; }
                public DateTime Sent { get; private set; }
                public DateTime Got { get; init; }
            }
            """,
            """
            [Spliceable]
            public partial struct Quote
            {
                private long _time;
                public DateTime Time { readonly get => DateTime.FromBinary(_time); set => _time = value.ToBinary(); }
                private long _sent;
                public DateTime Sent { readonly get => DateTime.FromBinary(_sent); private set => _sent = value.ToBinary(); }
                private long _got;
                public DateTime Got { readonly get => DateTime.FromBinary(_got); init => _got = value.ToBinary(); }
            }
            """);

    [Fact]
    public Task ExplicitLayout_OffsetGoesWithStoredField()
        => VerifyAsync(
            """
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Quote
            {
                [FieldOffset(0)] public DateTime Time;
                [FieldOffset(8)] public double Price;
            }
            """,
            """
            using System.Runtime.InteropServices;

            [Spliceable, StructLayout(LayoutKind.Explicit)]
            public partial struct Quote
            {
                [FieldOffset(0)] private long _time;
                public DateTime Time { readonly get => DateTime.FromBinary(_time); set => _time = value.ToBinary(); }
                [FieldOffset(8)] public double Price;
            }
            """);

    [Theory]
    [InlineData("public decimal Price;")]
    [InlineData("public DateTime From, To;")]
    [InlineData("public DateTime Time = default; public Quote() { }")]
    public Task NoSafeChange_NotOffered(string members)
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, AnyPatternFix>($"[Spliceable] public partial struct Quote {{ {members} }}");

    [Fact]
    public Task Attributes_StayOnWhatOthersSee()
        => VerifyAsync(
            """
            using System.Text.Json.Serialization;

            [Spliceable]
            public partial struct Quote
            {
                // when
                [JsonPropertyName("t"), Obsolete] public DateTime Time;
                [field: NonSerialized] [JsonIgnore] public DateOnly Day { get; set; }
            }
            """,
            """
            using System.Text.Json.Serialization;

            [Spliceable]
            public partial struct Quote
            {
                private long _time;
                // when
                [JsonPropertyName("t")] [Obsolete] public DateTime Time { readonly get => DateTime.FromBinary(_time); set => _time = value.ToBinary(); }
                [NonSerialized] private int _day;
                [JsonIgnore] public DateOnly Day { readonly get => DateOnly.FromDayNumber(_day); set => _day = value.DayNumber; }
            }
            """);

    [Theory]
    [InlineData("public DateTimeOffset Sent;",
        """
        private long _sent;
        public DateTimeOffset Sent { readonly get => new DateTimeOffset(_sent, default); set => _sent = value.UtcTicks; }
        """,
        "the offset from UTC is lost")]
    public Task WhatIsLost_IsSaidAndLeftToTheUser(string member, string expected, string title)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, AnyPatternByHandFix>(
            $$"""
            [Spliceable]
            public partial struct Quote
            {
                {{member.Indented(4)}}
            }
            """,
            $$"""
            [Spliceable]
            public partial struct Quote
            {
                {{expected.Indented(4)}}
            }
            """,
            new() { Title = title });

    [Theory]
    [InlineData("public DateTimeOffset Sent;")]
    [InlineData("public Quote(int size) { Size = size; Time = default; } public DateTime Time = DateTime.Now; public int Size;")]
    public Task UnattendedFix_NotOffered(string members)
        => CodeFixTest.VerifyNotOfferedAsync<SpliceableContractAnalyzer, AnyPatternFix>($"[Spliceable] public partial struct Quote {{ {members} }}");

    private static Task VerifyAsync(string source, string expected)
        => CodeFixTest.VerifyAsync<SpliceableContractAnalyzer, AnyPatternFix>(source, expected);
}

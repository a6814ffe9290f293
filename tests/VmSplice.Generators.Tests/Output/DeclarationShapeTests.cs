using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Output;

/// <summary>Every way to declare a record that is allowed compiles with the generated part, without a warning.</summary>
public sealed class DeclarationShapeTests
{
    [Theory]
    [InlineData("[VmSplice.Spliceable] internal partial struct Record { internal int Id; }", "Record")]
    [InlineData("namespace A { namespace B.C { [VmSplice.Spliceable] internal partial struct Record { internal int Id; } } }", "A.B.C.Record")]
    [InlineData("[VmSplice.Spliceable] internal readonly partial struct Record { internal readonly int Id; }", "Record")]
    [InlineData("[VmSplice.Spliceable] internal partial record struct Record(int Id);", "Record")]
    [InlineData("[VmSplice.Spliceable] internal readonly partial record struct Record(int Id);", "Record")]
    [InlineData("[VmSplice.Spliceable] internal unsafe partial struct Record { internal fixed int Values[4]; }", "Record")]
    [InlineData("internal partial class Outer { [VmSplice.Spliceable] private partial struct Record { internal int Id; } }", "Outer+Record")]
    [InlineData("internal abstract partial class Outer { [VmSplice.Spliceable] protected partial struct Record { internal int Id; } }", "Outer+Record")]
    [InlineData("internal static partial class Outer { [VmSplice.Spliceable] internal partial struct Record { internal int Id; } }", "Outer+Record")]
    [InlineData("internal sealed partial record Outer { [VmSplice.Spliceable] internal partial struct Record { internal int Id; } }", "Outer+Record")]
    [InlineData("internal partial record struct Outer { [VmSplice.Spliceable] internal partial struct Record { internal int Id; } }", "Outer+Record")]
    [InlineData("internal ref partial struct Outer { [VmSplice.Spliceable] internal partial struct Record { internal int Id; } }", "Outer+Record")]
    [InlineData("internal readonly ref partial struct Outer { [VmSplice.Spliceable] internal partial struct Record { internal int Id; } }", "Outer+Record")]
    [InlineData("internal partial interface IOuter { [VmSplice.Spliceable] internal partial struct Record { internal int Id; } }", "IOuter+Record")]
    [InlineData(
        """
        internal partial struct A
        {
            internal partial class B
            {
                [VmSplice.Spliceable] internal partial struct Record { internal int Id; }
            }
        }
        """,
        "A+B+Record")]
    [InlineData("[VmSplice.Spliceable] internal partial struct @class { internal int @int, @event; }", "class")]
    [InlineData(
        """
        namespace @namespace
        {
            internal partial class @static
            {
                [VmSplice.Spliceable] internal partial struct @struct { internal int Id; }
            }
        }
        """,
        "namespace.static+struct")]
    [InlineData("[VmSplice.Spliceable] internal partial struct Größe { internal int Höhe; internal int Länge2; }", "Größe")]
    [InlineData("[System.Obsolete] [VmSplice.Spliceable] internal partial struct Record { internal int Id; }", "Record")]
    [InlineData(
        """
        [System.Obsolete] internal enum Old { A } [VmSplice.Spliceable] internal partial struct Record {
        #pragma warning disable CS0612
        internal Old Old; }
        """,
        "Record")]
    [InlineData("[VmSplice.Spliceable] internal partial struct CreateWriter { internal int Id; }", "CreateWriter")]
    [InlineData(
        """
        [VmSplice.Spliceable] internal partial struct Record
        {
            internal int Id;
            internal struct CreateReader;
            internal readonly int record => Id;
        }
        """,
        "Record")]
    [InlineData(
        """
        [VmSplice.Spliceable] internal partial struct Record : System.IEquatable<Record>
        {
            internal int Id;
            public readonly bool Equals(Record other) => true;
        }
        """,
        "Record")]
    [InlineData("[VmSplice.Spliceable] internal partial struct Record : VmSplice.ISpliceable<Record> { internal int Id; }", "Record")]
    [InlineData(
        """
        namespace Demo
        {
            class System;
            class VmSplice;
            class RecordLayout;
            class RecordBytes;
            class RecordField;
            [global::VmSplice.Spliceable] internal partial struct Record { internal bool Open; }
        }
        """,
        "Demo.Record")]
    [InlineData("namespace Demo { [global::VmSplice.Spliceable] internal partial struct System { internal bool Open; } }", "Demo.System")]
    [InlineData(
        """
        namespace Demo.VmSplice.System
        {
            [global::VmSplice.Spliceable] internal partial struct Record
            {
                internal bool Open;
                internal static int System, VmSplice, Record2;
            }
        }
        """,
        "Demo.VmSplice.System.Record")]
    [InlineData("#nullable disable\n[VmSplice.Spliceable] internal partial struct Record { internal int Id; }", "Record")]
    public void AllowedDeclaration_CompilesCleanAndLoads(string source, string name)
    {
        Generated generated = Generated.From(source).AssertClean("CS0649", "CS0169", "CS0414");
        using var loaded = new LoadedAssembly(generated.Compilation);
        IRecordProbe record = loaded.Record(name);
        Assert.Equal(record.RealSize, record.Layout.Size);
        Assert.Equal(name.Replace('+', '.'), record.Layout.Name);
    }

    [Theory]
    [InlineData("[VmSplice.Spliceable] internal partial struct Record { private readonly byte _padding0; internal byte Id; }")]
    [InlineData("[VmSplice.Spliceable] internal partial struct Record { private byte _padding0; internal byte Id; }")]
    public void FieldThatOnlyFillsAGap_IsNotCalledUnused(string source)
        => Generated.From(source).AssertClean();

    [Fact]
    public void PublicRecordInDocumentedLibrary_CompilesClean()
        => Generated.From("""
            namespace Demo;

            /// <summary>One trade.</summary>
            [VmSplice.Spliceable]
            public partial struct Tick
            {
                /// <summary>When.</summary>
                public long Time;
            }

            /// <summary>A pair.</summary>
            /// <param name="First">One.</param>
            /// <param name="Second">Two.</param>
            [VmSplice.Spliceable]
            public readonly partial record struct Pair(int First, int Second);

            /// <summary>Contains.</summary>
            public static partial class Outer
            {
                /// <summary>A record.</summary>
                /// <remarks>The user's own.</remarks>
                [VmSplice.Spliceable]
                public partial struct Inner
                {
                    /// <summary>Which.</summary>
                    public int Id { get; set; }
                }
            }
            """).AssertClean();

    [Theory]
    [InlineData("[VmSplice.Spliceable] internal partial class Frame { [VmSplice.Segment] internal partial ref int Id { get; } }")]
    [InlineData("namespace A.B { [VmSplice.Spliceable] internal sealed partial class Frame { [VmSplice.Segment] public partial ref int Id { get; } } }")]
    [InlineData(
        """
        internal partial class Outer
        {
            [VmSplice.Spliceable] private sealed partial class Frame
            {
                [VmSplice.Segment(Length = 3)] private partial System.Span<int> Row { get; }
            }
        }
        """)]
    [InlineData(
        """
        internal partial interface IOuter
        {
            [VmSplice.Spliceable] internal partial class Frame
            {
                [VmSplice.Segment(MaxLength = 3)] protected internal partial System.Span<int> Row { get; }
            }
        }
        """)]
    [InlineData(
        """
        [VmSplice.Spliceable] internal partial class @class
        {
            [VmSplice.Segment] internal partial ref int @event { get; }
            [VmSplice.Segment(MaxLength = 9)] internal partial System.Span<byte> @ref { get; }
        }
        """)]
    [InlineData(
        """
        [VmSplice.Spliceable] internal partial class Frame
        {
            [VmSplice.Segment] internal virtual partial ref int Id { get; }
            [VmSplice.Segment] internal unsafe partial ref int Other { get; }
        }
        """)]
    [InlineData(
        """
        [VmSplice.Spliceable] internal partial class Rent
        {
            [VmSplice.Segment] internal partial ref int State { get; }
            internal static int Allocate => 0;
        }
        """)]
    [InlineData(
        """
        [VmSplice.Spliceable] internal partial class Pages
        {
            [VmSplice.Segment] internal partial ref int Layout { get; }
            [VmSplice.Segment] internal partial ref int Create { get; }
            internal int segment, pages, value, element;
        }
        """)]
    [InlineData(
        """
        namespace Demo
        {
            class System;
            class VmSplice;
            class BufferLayout;
            class Span;
            [global::VmSplice.Spliceable] internal partial class Frame
            {
                [global::VmSplice.Segment(Length = 3)] internal partial global::System.Span<bool> Row
                {
                    get;
                }
            }
        }
        """)]
    [InlineData(
        """
        namespace A { [VmSplice.Spliceable] internal partial struct Head { internal int Id; } }
        namespace B
        {
            [VmSplice.Spliceable] internal partial struct Head { internal long Id; }
            [VmSplice.Spliceable] internal partial class Frame
            {
                [VmSplice.Segment] internal partial ref A.Head First { get; }
                [VmSplice.Segment] internal partial ref Head Second { get; }
            }
        }
        namespace C
        {
            [VmSplice.Spliceable] internal partial class Frame
            {
                [VmSplice.Segment] internal partial ref B.Head First { get; }
            }
        }
        """)]
    [InlineData("#nullable disable\n[VmSplice.Spliceable] internal partial class Frame { [VmSplice.Segment] internal partial ref int Id { get; } }")]
    public void AllowedBuffer_CompilesClean(string source)
    {
        Generated generated = Generated.From(source).AssertClean("CS0649", "CS0169", "CS0414");
        using var loaded = new LoadedAssembly(generated.Compilation);
        Assert.Contains(loaded.Assembly.GetTypes(), type => type.GetInterface("ISpliceableBuffer`1") is not null);
    }

    [Fact]
    public void PublicBufferInDocumentedClsCompliantLibrary_CompilesClean()
        => Generated.From("""
            [assembly: System.CLSCompliant(true)]
            namespace Demo;

            /// <summary>A frame.</summary>
            /// <remarks>The user's own.</remarks>
            [VmSplice.Spliceable]
            public sealed partial class Frame
            {
                /// <summary>Which.</summary>
                [VmSplice.Segment]
                public partial ref int Id { get; }

                /// <summary>What it says.</summary>
                [VmSplice.Segment(MaxLength = 100)]
                public partial System.Span<char> Caption { get; }
            }
            """).AssertClean();

    [Fact]
    public void ClsCompliantLibrary_CompilesClean()
        => Generated.From("""
            [assembly: System.CLSCompliant(true)]
            namespace Demo;

            /// <summary>One trade.</summary>
            [VmSplice.Spliceable]
            public partial struct Tick
            {
                /// <summary>When.</summary>
                public long Time;
            }
            """).AssertClean();
}

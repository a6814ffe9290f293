using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Generators.Parsing;
using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Pipeline;

/// <summary>
/// What a declaration was parsed to is remembered while its file is the same. An edit of another file may change what the declaration means, and
/// must then be seen.
/// </summary>
public sealed class EditElsewhereTests
{
    private const string Marked = """
        using System;
        namespace Demo.Wire
        {
            [VmSplice.Spliceable] public partial struct Tick
            {
                public long Time; public Side Side; public Header Header; public Mark Mark; public Guid Id; public Lib.Code Code;
            }
            [VmSplice.Spliceable] public partial class Frame
            {
                [VmSplice.Segment(MaxLength = Limits.Rows)] public partial Span<Side> Row { get; }
                [VmSplice.Segment] public partial ref Header Head { get; }
            }
            public partial class Outer : Base { [VmSplice.Spliceable] public partial struct Inner { public Nested Value; } }
            [VmSplice.Spliceable] public partial struct Wrong { public byte Tag; public Side Side; }
            public partial class Stray { [VmSplice.Segment] public partial Side Row { get; } }
            [Sent] public partial struct Aliased { public int Id; }
            [VmSplice.Spliceable] public partial struct Split { public int Id; }
        }
        """;

    private const string Declared = """
        global using Sent = VmSplice.SpliceableAttribute;
        global using Mark = Demo.Sign;
        namespace Demo
        {
            public enum Side : long { Buy, Sell }
            public enum Sign : long { Plus, Minus = Limits.Rows }
            public static class Limits { public const int Rows = 4; public static int Most = 4; public static int Twice(int x) { return x * 2; } }
            public class Root { public enum Nested { One, Two, Three } }
            public class Base : Root { public new enum Nested { One, Two } }
            [VmSplice.Spliceable] public partial struct Header(long id)
            {
                public long Id = id;
                public long Twice { get { return Id * 2; } }
                public readonly long Plus(long more) { return Id + more; }
            }
        }
        """;

    private const string Part = """
        namespace Demo.Wire
        {
            /// <summary>The other part.</summary>
            public partial struct Split { }
        }
        """;

    private const string Library = """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Test")]
        namespace Lib { internal enum Code : long { Ok, Failed } }
        """;

    private static readonly string s_editedLibrary = Library.Replace("Failed", "Lost", StringComparison.Ordinal);

    public static TheoryData<string, string, bool> Replaced => new()
    {
        // In bodies and initial values: nothing of it is declared.
        { "return x * 2;", "return x * 3;", false },
        { "Most = 4", "Most = 5", false },
        { "Id * 2", "Id * 4", false },
        { "namespace Demo\n", "// a comment\nnamespace Demo\n", false },
        { "int Twice(int x)", "int Double(int x)", false },

        // In bodies of a struct: its fields are decided there.
        { "return Id * 2;", "return field;", true },
        { "Id + more", "id + more", true },

        // What names mean, and what has a name.
        { "Buy, Sell }", "Buy, Sell, Short }", true },
        { "Side : long", "Side : int", true },
        { "Sell", "Sold", true },
        { "Rows = 4;", "Rows = 5;", true },
        { "Minus = Limits.Rows", "Minus = Limits.Rows + 1", true },
        { "Mark = Demo.Sign", "Mark = Demo.Side", true },
        { "global using Mark", "using Mark", true },
        { "global using Sent = VmSplice.SpliceableAttribute", "global using Sent = System.ObsoleteAttribute", true },
        { "global using Sent", "using Sent", true },
        { "public new enum Nested { One, Two }", "", true },
        { "public class Base : Root { public new", "public class Base { private", true },
        { "public long Id = id;", "public long Id = id; public long More;", true },
        { "[VmSplice.Spliceable] public partial struct Header", "public partial struct Header", true },
        { "public partial struct Header", "public struct Header", true },
    };

    public static TheoryData<string, bool> Added => new()
    {
        { "public struct Another { public int Id; }", false },
        { "namespace Demo.Wire { public enum Side : long { Far } }", true },
        { "namespace Demo.Wire { public struct Guid { public long Low, High; } }", true },
        { "namespace Demo.Wire { public static class Limits { public const int Rows = 9; } }", true },
        { "namespace Demo.Wire { public static class VmSplice { } }", true },
        { "namespace Demo { public sealed class VmSplice { } }", true },
        { "namespace Demo.Wire { public partial struct Tick { public long More; } }", true },
        { "namespace Demo.Wire { public partial struct Tick { public static void CreateWriter() { } } }", true },
        { "namespace Demo.Wire { public partial struct Tick { public static void Other() { } } }", false },
        { "namespace Demo.Wire { public struct Tick { } }", true },
        { "namespace Demo.Wire { public partial class Frame { public int State; } }", true },
        { "namespace Demo.Wire { public partial class Frame : System.Exception { } }", true },
        { "namespace Demo.Wire { public class Outer { } }", true },
        { "namespace Demo.Wire { partial class Stray { public partial Side Row => default; } }", true },
        { "namespace Demo.Wire { [VmSplice.Spliceable] partial class Stray { } }", true },
        { "global using Spliceable = System.ObsoleteAttribute;", false },
        { "namespace Lib { public enum Code : long { Other } }", true },
    };

    [Theory]
    [MemberData(nameof(Replaced))]
    public void WordsOfAnotherFileReplaced_AsWithoutMemory(string from, string to, bool changes)
    {
        Assert.Contains(from, Declared, StringComparison.Ordinal);
        AssertAgreement(before => Replace(before, 1, Declared.Replace(from, to, StringComparison.Ordinal)), changes);
    }

    [Theory]
    [MemberData(nameof(Added))]
    public void FileAdded_AsWithoutMemory(string source, bool changes)
        => AssertAgreement(before => before.AddSyntaxTrees(Parse(source, "/test/added.cs")), changes);

    [Fact]
    public void CommentOfAnotherPartChanged_AsWithoutMemory()
        => AssertAgreement(before => Replace(before, 2, Part.Replace("summary", "remarks", StringComparison.Ordinal)), changes: true);

    [Fact]
    public void FileRemoved_AsWithoutMemory()
        => AssertAgreement(before => before.RemoveSyntaxTrees(before.SyntaxTrees[1]), changes: true);

    [Fact]
    public void FilesReordered_AsWithoutMemory()
        => AssertAgreement(before => before.RemoveAllSyntaxTrees().AddSyntaxTrees(before.SyntaxTrees.Reverse()), changes: false);

    [Fact]
    public void AssemblyRenamed_InternalTypesNoLongerVisible()
        => AssertAgreement(before => before.WithAssemblyName("Stranger"), changes: true);

    [Fact]
    public void ReferenceReplaced_AsWithoutMemory()
        => AssertAgreement(before => before.ReplaceReference(before.References.Last(), Refer(s_editedLibrary)), changes: true);

    [Fact]
    public void ReferenceUnderAlias_AsWithoutMemory()
        => AssertAgreement(
            before => before.ReplaceReference(before.References.Last(), before.References.Last().WithAliases(["library"])),
            changes: true);

    [Fact]
    public void ReferencedProjectEdited_AsWithoutMemory()
    {
        CSharpCompilation first = Compiled(Library);
        CSharpCompilation project = Project(first.ToMetadataReference());
        Assert.True(Agreement.AfterEdit(
            project,
            project.ReplaceReference(project.References.Last(), Compiled(s_editedLibrary).ToMetadataReference())));
    }

    [Fact]
    public void OptionsChanged_AsWithoutMemory()
        => AssertAgreement(
            before => before.WithOptions(before.Options.WithAllowUnsafe(false).WithNullableContextOptions(NullableContextOptions.Disable)),
            changes: false);

    [Theory]
    [InlineData("return x * 2;", "return x * 3;", true)]
    [InlineData("Most = 4", "Most = 5", true)]
    [InlineData("namespace Demo\n", "// a comment\nnamespace Demo\n", true)]
    [InlineData("Id * 2", "Id * 4", false)]
    [InlineData("int Twice(int x)", "int Double(int x)", false)]
    [InlineData("{ return x * 2; }", "=> x * 2;", false)]
    public void EditOfBodyOfAClass_ModelIsRemembered(string from, string to, bool isRemembered)
    {
        CSharpCompilation before = Project(Refer(Library));
        CSharpCompilation after = Replace(before, 1, Declared.Replace(from, to, StringComparison.Ordinal));
        var cache = new ParseCache();
        int remembered = 0;
        foreach (SyntaxNode declaration in MarkedDeclarations.Find(before.SyntaxTrees[0], new(["Sent"]), CancellationToken.None))
        {
            Parsed first = cache.Parse(declaration, before, new ProjectVersion(before), CancellationToken.None);
            Parsed second = cache.Parse(declaration, after, new ProjectVersion(after), CancellationToken.None);
            Assert.Equal(first, second);
            // Of the three one is there, or none: then there is nothing to remember.
            object? model = (object?)first.Record ?? (object?)first.Buffer ?? first.Stub;
            object? again = (object?)second.Record ?? (object?)second.Buffer ?? second.Stub;
            remembered += model is not null && ReferenceEquals(model, again) ? 1 : 0;
        }

        // All but Split, which has a part in another file.
        Assert.Equal(isRemembered ? 6 : 0, remembered);
    }

    private static void AssertAgreement(Func<CSharpCompilation, CSharpCompilation> edit, bool changes)
    {
        CSharpCompilation before = Project(Refer(Library));
        Assert.Equal(changes, Agreement.AfterEdit(before, edit(before)));
    }

    private static CSharpCompilation Project(MetadataReference library) => Generated.Compile([Marked, Declared, Part], references: [library]);

    private static CSharpCompilation Compiled(string source) => Generated.Compile([source], "Lib");

    private static PortableExecutableReference Refer(string source)
    {
        using var image = new MemoryStream();
        Assert.True(Compiled(source).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static CSharpCompilation Replace(CSharpCompilation before, int file, string source)
        => before.ReplaceSyntaxTree(before.SyntaxTrees[file], Parse(source, before.SyntaxTrees[file].FilePath));

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, Generated.ParseOptions, path);
}

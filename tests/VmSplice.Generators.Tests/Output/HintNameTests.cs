using VmSplice.Generators.Tests.Testing;
using Xunit;

namespace VmSplice.Generators.Tests.Output;

public sealed class HintNameTests
{
    [Fact]
    public void SameNameEverywhere_FilesDiffer()
    {
        Generated generated = Generated.From("""
            [VmSplice.Spliceable] internal partial struct Tick { internal int Id; }
            namespace A { [VmSplice.Spliceable] internal partial struct Tick { internal int Id; } }
            namespace B { [VmSplice.Spliceable] internal partial struct Tick { internal int Id; } }
            namespace A { internal partial class B { [VmSplice.Spliceable] internal partial struct Tick { internal int Id; } } }
            namespace A.C { [VmSplice.Spliceable] internal partial struct Tick { internal int Id; } }
            """).AssertClean("CS0649");
        Assert.Equal(5, generated.Files.Select(file => file.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void NamesThatDifferInCaseOnly_FilesDiffer()
    {
        Generated generated = Generated.From("""
            [VmSplice.Spliceable] internal partial struct Tick { internal int Id; }
            [VmSplice.Spliceable] internal partial struct TICK { internal int Id; }
            namespace N { [VmSplice.Spliceable] internal partial struct Tick { internal int Id; } }
            namespace n { [VmSplice.Spliceable] internal partial struct Tick { internal int Id; } }
            """).AssertClean("CS0649");
        Assert.Equal(4, generated.Files.Select(file => file.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void LongName_IsCut()
    {
        string name = new('x', 400);
        Generated generated = Generated.From(
            $$"""
            namespace N
            {
                [VmSplice.Spliceable] internal partial struct A{{name}} { internal int Id; }
                [VmSplice.Spliceable] internal partial struct B{{name}} { internal int Id; }
            }
            """).AssertClean("CS0649");
        Assert.All(generated.Files, file => Assert.InRange(file.HintName.Length, 1, 255));
        Assert.Equal(2, generated.Files.Select(file => file.HintName).Distinct().Count());
    }

    /// <summary>A file system counts the bytes of a name. Vowel signs and joiners are parts of an identifier, and no letters.</summary>
    [Theory]
    [InlineData("株式取引", 25)]
    [InlineData("中", 400)]
    [InlineData("é", 200)]
    [InlineData("नमस्ते", 60)]
    [InlineData("e\u0301", 100)]
    [InlineData("_", 300)]
    public void NameOfManyBytes_FitsAFileSystem(string part, int times)
    {
        string name = "T" + string.Concat(Enumerable.Repeat(part, times));
        Generated generated = Generated.From(
            $$"""
            [VmSplice.Spliceable] internal partial struct {{name}} { internal int Id; }
            namespace N
            {
                [VmSplice.Spliceable] internal partial struct {{name}} { internal int Id; }
            }
            """).AssertClean("CS0649");
        Assert.Equal(2, generated.Files.Length);
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Assert.All(generated.Files, file => File.WriteAllText(Path.Combine(folder, file.HintName), ""));
            Assert.Equal(2, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

using System.Reflection;
using CsCheck;
using Microsoft.CodeAnalysis;
using VmSplice.CompilerServices;
using VmSplice.Generators.Model;
using VmSplice.Generators.Parsing;
using VmSplice.Generators.Tests.Testing;
using VmSplice.RuleContract;
using Xunit;

namespace VmSplice.Generators.Tests.Layout;

/// <summary>The layout calculator against the runtime: random structs, compiled, loaded and measured.</summary>
public sealed class LayoutPropertyTests
{
    /// <summary>Structs per compilation and compilations: enough that each pair of field types meets.</summary>
    private const int Batch = 80;
    private const int Compilations = 10;

    [Fact]
    public void RandomStructs_GeneratedExactlyWhereRuntimeLeavesNoGap()
    {
        int records = 0;
        int rejected = 0;
        RandomStruct.Any.Array[Batch].Sample(
            structs =>
            {
                Generated generated = Generated.From(SourceOf(structs));
                generated.AssertClean("CS0169", "CS0649", "CS1591");
                using var loaded = new LoadedAssembly(generated.Compilation);
                bool[] valid = new bool[structs.Length];
                for (int i = 0; i < structs.Length; i++)
                {
                    valid[i] = CheckOne(structs[i], i, loaded, generated, valid);
                    _ = valid[i] ? records++ : rejected++;
                }
            },
            iter: Compilations,
            threads: 1);

        // The property must not hold because nothing was right, or nothing wrong.
        Assert.InRange(records, Batch * Compilations / 10, Batch * Compilations);
        Assert.InRange(rejected, Batch * Compilations / 10, Batch * Compilations);
    }

    private static string SourceOf(RandomStruct[] structs)
    {
        // Sizes for explicit offsets; any number will do for those of generated structs, a slip more or less.
        var text = new System.Text.StringBuilder(RandomStruct.Prelude);
        for (int i = 0; i < structs.Length; i++)
        {
            text.Append(structs[i].Declare(i, KnownSize));
        }

        return text.ToString();
    }

    private static int KnownSize(string type) => type switch
    {
        "sbyte" or "byte" or "bool" or "E1" or "Small" => 1,
        "short" or "ushort" or "char" or "Half" or "E2" or "F2" => 2,
        "int" or "uint" or "float" or "E4" => 4,
        "Tight" => 9,
        "Loose" => 18,
        "Int128" or "UInt128" or "Guid" => 16,
        "Bytes3" => 3,
        "Shorts5" => 10,
        "Wide2" or "Of2<Guid>" => 32,
        "Bools7" => 7,
        "Tights2" => 18,
        "Rows3" => 30,
        "Of2<Of2<E1>>" => 4,
        _ => 8,
    };

    private static bool CheckOne(RandomStruct declared, int index, LoadedAssembly loaded, Generated generated, bool[] valid)
    {
        Type type = loaded.Assembly.GetType($"S{index}", throwOnError: true)!;
        FieldInfo[] fields = [.. RealLayout.FieldsOf(type)];
        (int Offset, int Size)[] real = [.. fields.Select(f => (RealLayout.OffsetOf(f), RealLayout.SizeOf(f.FieldType))).Order()];
        int size = RealLayout.SizeOf(type);
        bool nestedValid = declared.Fields.All(f => f.Type != "S" || index == 0 || valid[f.Other % index]);
        int end = 0;
        bool gapless = real.All(field => field.Offset == end && (end += field.Size) > 0) && end == size;

        Assert.Equal(gapless && nestedValid, LoadedAssembly.IsRecord(type));
        AssertFindings(index, generated, real, size, gapless, nestedValid, declared.IsExplicit);
        if (gapless && nestedValid)
        {
            RecordLayout layout = loaded.Record(type.FullName!).Layout;
            Assert.Equal(size, layout.Size);
            Assert.All(layout.Fields, leaf => Assert.Equal(RealLayout.OfPath(type, leaf.Name), (leaf.Offset, leaf.Size)));
            Assert.Equal(size, layout.Fields.Sum(leaf => leaf.Size));
            return true;
        }

        return false;
    }

    /// <summary>The analyzer's words agree with the runtime's numbers: the padding it counts is the padding there is.</summary>
    private static void AssertFindings(
        int index, Generated generated, (int Offset, int Size)[] real, int size, bool gapless, bool nestedValid, bool isExplicit)
    {
        var findings = new List<Finding>();
        INamedTypeSymbol symbol = generated.Compilation.GetTypeByMetadataName($"S{index}")!;
        RecordModel? model = RecordParser.Parse(symbol, generated.Compilation, findings, CancellationToken.None);
        Assert.Equal(gapless && nestedValid, model is not null);
        Assert.Equal(nestedValid && !gapless, findings.Count > 0);
        if (nestedValid && !isExplicit)
        {
            int padding = findings.Sum(finding => int.Parse(finding.Properties[FindingProperties.PaddingSize]!, null));
            Assert.Equal(size - real.Sum(field => field.Size), padding);
        }
    }
}

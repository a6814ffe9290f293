using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Generators;

namespace VmSplice.Benchmarks.Compiling;

/// <summary>What is done to a project before the generator runs.</summary>
internal enum Edit
{
    /// <summary>Nothing was generated yet.</summary>
    FirstRun,

    /// <summary>A method body changed in a file with no such type.</summary>
    Unrelated,

    /// <summary>A type got a field.</summary>
    OneType,
}

/// <summary>One generator over one project of many types, in the compiler's own driver.</summary>
internal sealed class GeneratorRun
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp14);

    private readonly IIncrementalGenerator _generator;
    private readonly GeneratedTypes _types;
    private readonly ImmutableArray<SyntaxTree> _trees;
    private readonly ImmutableArray<MetadataReference> _references;
    private int _version;

    private GeneratorRun(IIncrementalGenerator generator, string attribute, Type runtime, int count)
    {
        _generator = generator;
        _types = new GeneratedTypes(attribute);
        _trees = [Parse(GeneratedTypes.Unrelated(0)), .. Enumerable.Range(0, count).AsParallel().AsOrdered().Select(index => Parse(_types.Of(index, 0)))];
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        _references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetDirectoryName(path) == framework)
                .Append(runtime.Assembly.Location)
                .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path)),
        ];
    }

    public static GeneratorRun Ours(int count) => new(new SpliceableGenerator(), "VmSplice.Spliceable", typeof(SpliceWriter), count);

    public static GeneratorRun MemoryPack(int count)
    {
        var assembly = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "Peers", "MemoryPack.Generator.dll"));
        Type generator = assembly.GetTypes().Single(static type => type.IsAssignableTo(typeof(IIncrementalGenerator)) && !type.IsAbstract);
        return new GeneratorRun((IIncrementalGenerator)Activator.CreateInstance(generator)!, "MemoryPack.MemoryPackable",
            typeof(global::MemoryPack.MemoryPackSerializer), count);
    }

    /// <summary>Milliseconds of one run of the generator, and the files that it made.</summary>
    public (double Milliseconds, int Files) Measure(Edit edit)
    {
        CSharpCompilation project = Compilation(_trees);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([_generator.AsSourceGenerator()], parseOptions: s_parse);
        if (edit != Edit.FirstRun)
        {
            driver = driver.RunGenerators(project);
            int edited = edit == Edit.OneType ? 1 : 0;
            string text = edit == Edit.OneType ? _types.Of(0, ++_version) : GeneratedTypes.Unrelated(++_version);
            project = project.ReplaceSyntaxTree(_trees[edited], Parse(text));
        }

        // Garbage of the run before is not this one's.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(project);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        GeneratorDriverRunResult result = driver.GetRunResult();
        if (result.Results.Any(static one => one.Exception is not null))
        {
            throw new InvalidOperationException($"The generator failed: {result.Results[0].Exception}");
        }

        return (milliseconds, result.GeneratedTrees.Length);
    }

    private CSharpCompilation Compilation(ImmutableArray<SyntaxTree> trees)
        => CSharpCompilation.Create("Generated", trees, _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_parse);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using VmSplice.Generators.Emit;
using VmSplice.Generators.Model;
using VmSplice.Generators.Parsing;

namespace VmSplice.Generators;

/// <summary>
/// Implements <c>ISpliceable</c> for structs marked <c>[Spliceable]</c>, and <c>ISpliceableBuffer</c> for classes. Reports nothing: where a type is wrong it
/// emits a stub that throws, and the contract analyzer, which runs the same parser, says why.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SpliceableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<SyntaxTree> files = context.CompilationProvider
            .SelectMany(static (compilation, _) => ((CSharpCompilation)compilation).SyntaxTrees);

        IncrementalValueProvider<EquatableArray<string>> aliases = files
            .SelectMany(static (file, cancellation) => MarkedDeclarations.AliasesIn(file, cancellation))
            .Collect()
            .Select(static (names, _) => new EquatableArray<string>(names.Distinct().OrderBy(name => name, StringComparer.Ordinal)));

        // Not ForAttributeWithMetadataName: at each key that is pressed it would ask for the symbol and the attributes of every marked type in the project.
        var cache = new ParseCache();
        IncrementalValuesProvider<Parsed> parsed = files
            .Combine(aliases)
            .SelectMany(static (file, cancellation) => MarkedDeclarations.Find(file.Left, file.Right, cancellation))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => (Compilation: compilation, Version: new ProjectVersion(compilation))))
            .Select((marked, cancellation) => cache.Parse(marked.Left, marked.Right.Compilation, marked.Right.Version, cancellation))
            .WithTrackingName(TrackingNames.Parse);

        context.RegisterSourceOutput(
            Present(parsed.Select(static (one, _) => one.Record)).WithTrackingName(TrackingNames.Records),
            static (output, record) => output.AddSource(record.HintName, RecordEmitter.Emit(record)));
        context.RegisterSourceOutput(
            Present(parsed.Select(static (one, _) => one.Buffer)).WithTrackingName(TrackingNames.Buffers),
            static (output, buffer) => output.AddSource(buffer.HintName, BufferEmitter.Emit(buffer)));
        context.RegisterSourceOutput(
            Present(parsed.Select(static (one, _) => one.Stub)).WithTrackingName(TrackingNames.Stubs),
            static (output, stub) => output.AddSource(stub.HintName, StubEmitter.Emit(stub)));
    }

    private static IncrementalValuesProvider<T> Present<T>(IncrementalValuesProvider<T?> models)
        where T : class
        => models.Where(static model => model is not null).Select(static (model, _) => model!);
}

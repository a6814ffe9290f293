using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Emit;
using VmSplice.Generators.Model;
using VmSplice.Generators.Parsing;

namespace VmSplice.Generators;

/// <summary>
/// Implements <c>ISpliceable</c> for structs marked <c>[Spliceable]</c>, and <c>ISpliceableBuffer</c> for classes. Reports nothing: where a type is wrong it emits
/// a stub that throws, and the contract analyzer, which runs the same parser, says why.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SpliceableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<(RecordModel? Record, StubModel? Stub)> records = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.SpliceableAttribute,
                static (node, _) => node is TypeDeclarationSyntax and not ClassDeclarationSyntax,
                static (target, cancellation) => RecordParser.ParseDeclaration(target, cancellation))
            .WithTrackingName(TrackingNames.Parse);

        IncrementalValuesProvider<(BufferModel? Buffer, StubModel? Stub)> buffers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.SpliceableAttribute,
                static (node, _) => node is ClassDeclarationSyntax,
                static (target, cancellation) => BufferParser.ParseDeclaration(target, cancellation))
            .WithTrackingName(TrackingNames.ParseBuffers);

        IncrementalValuesProvider<StubModel?> strays = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.SegmentAttribute,
                static (node, _) => node is BasePropertyDeclarationSyntax property && property.Modifiers.Any(SyntaxKind.PartialKeyword),
                static (target, cancellation) => StubParser.ParseStray(target, cancellation))
            .WithTrackingName(TrackingNames.ParseStraySegments);

        context.RegisterSourceOutput(
            Present(records.Select(static (parsed, _) => parsed.Record)).WithTrackingName(TrackingNames.Records),
            static (output, record) => output.AddSource(record.HintName, RecordEmitter.Emit(record)));
        context.RegisterSourceOutput(
            Present(buffers.Select(static (parsed, _) => parsed.Buffer)).WithTrackingName(TrackingNames.Buffers),
            static (output, buffer) => output.AddSource(buffer.HintName, BufferEmitter.Emit(buffer)));
        RegisterStubs(context, records.Select(static (parsed, _) => parsed.Stub));
        RegisterStubs(context, buffers.Select(static (parsed, _) => parsed.Stub));
        RegisterStubs(context, strays);
    }

    private static void RegisterStubs(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<StubModel?> stubs)
        => context.RegisterSourceOutput(Present(stubs), static (output, stub) => output.AddSource(stub.HintName, StubEmitter.Emit(stub)));

    private static IncrementalValuesProvider<T> Present<T>(IncrementalValuesProvider<T?> models)
        where T : class
        => models.Where(static model => model is not null).Select(static (model, _) => model!);
}

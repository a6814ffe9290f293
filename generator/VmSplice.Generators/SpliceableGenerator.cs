using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Emit;
using VmSplice.Generators.Model;
using VmSplice.Generators.Parsing;

namespace VmSplice.Generators;

/// <summary>
/// Implements <c>ISpliceable</c> for structs marked <c>[Spliceable]</c>, and <c>ISpliceableBuffer</c> for classes. Reports nothing: where a type is wrong it emits
/// nothing, and the contract analyzer, which runs the same parser, says why.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SpliceableGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<RecordModel> records = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.SpliceableAttribute,
                static (node, _) => node is TypeDeclarationSyntax and not ClassDeclarationSyntax,
                static (target, cancellation) => RecordParser.ParseDeclaration(target, cancellation))
            .WithTrackingName(TrackingNames.Parse)
            .Where(static record => record is not null)
            .Select(static (record, _) => record!)
            .WithTrackingName(TrackingNames.Records);

        IncrementalValuesProvider<BufferModel> buffers = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.SpliceableAttribute,
                static (node, _) => node is ClassDeclarationSyntax,
                static (target, cancellation) => BufferParser.ParseDeclaration(target, cancellation))
            .WithTrackingName(TrackingNames.ParseBuffers)
            .Where(static buffer => buffer is not null)
            .Select(static (buffer, _) => buffer!)
            .WithTrackingName(TrackingNames.Buffers);

        context.RegisterSourceOutput(
            records,
            static (output, record) => output.AddSource(record.HintName, RecordEmitter.Emit(record)));
        context.RegisterSourceOutput(
            buffers,
            static (output, buffer) => output.AddSource(buffer.HintName, BufferEmitter.Emit(buffer)));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators.Emit;
using VmSplice.Generators.Parsing;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>The generator as it would be with the compiler's own search for attributes, and without a memory: what ours must agree with.</summary>
internal sealed class SearchByCompiler : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<Parsed> types = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.SpliceableAttribute,
            static (node, _) => node is TypeDeclarationSyntax,
            static (target, cancellation) => target is { TargetNode: ClassDeclarationSyntax, TargetSymbol: INamedTypeSymbol buffer }
                ? BufferParser.ParseDeclaration(buffer, target.TargetNode, target.SemanticModel.Compilation, cancellation)
                : RecordParser.ParseDeclaration((INamedTypeSymbol)target.TargetSymbol, target.TargetNode, target.SemanticModel.Compilation, cancellation));
        IncrementalValuesProvider<Parsed> segments = context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownNames.SegmentAttribute,
            static (node, _) => node is BasePropertyDeclarationSyntax property && property.Modifiers.Any(SyntaxKind.PartialKeyword),
            static (target, cancellation) => target.TargetSymbol is IPropertySymbol property
                ? new Parsed(null, null, StubParser.ParseStray(property, target.SemanticModel.Compilation, cancellation))
                : default);
        context.RegisterSourceOutput(types, static (output, parsed) => Emit(output, parsed));
        context.RegisterSourceOutput(segments, static (output, parsed) => Emit(output, parsed));
    }

    private static void Emit(SourceProductionContext output, Parsed parsed)
    {
        if (parsed.Record is { } record)
        {
            output.AddSource(record.HintName, RecordEmitter.Emit(record));
        }

        if (parsed.Buffer is { } buffer)
        {
            output.AddSource(buffer.HintName, BufferEmitter.Emit(buffer));
        }

        if (parsed.Stub is { } stub)
        {
            output.AddSource(stub.HintName, StubEmitter.Emit(stub));
        }
    }
}

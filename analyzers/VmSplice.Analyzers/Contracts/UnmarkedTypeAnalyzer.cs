using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Contracts.Rules;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Text;
using VmSplice.Generators;
using VmSplice.Generators.Parsing;

namespace VmSplice.Analyzers.Contracts;

/// <summary>VMS1012: finds uses of a record or a buffer whose type is not marked. Code that compiles has none, so names are looked at before symbols.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnmarkedTypeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UnmarkedType.Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            RuntimeSymbols symbols = RuntimeSymbols.Of(start.Compilation);
            if (Mentions.Any(start.Compilation, start.CancellationToken) && symbols.SpliceableAttribute is not null)
            {
                start.RegisterSyntaxNodeAction(node => AnalyzeTypeArgument(node, symbols), SyntaxKind.GenericName);
                start.RegisterSyntaxNodeAction(node => AnalyzeFactory(node, symbols), SyntaxKind.InvocationExpression);
            }
        });
    }

    /// <summary><c>RecordWriter&lt;Tick&gt;</c>, wherever a type can be written.</summary>
    private static void AnalyzeTypeArgument(SyntaxNodeAnalysisContext context, RuntimeSymbols symbols)
    {
        var name = (GenericNameSyntax)context.Node;
        if (name.Identifier.ValueText is "RecordWriter" or "RecordBroadcaster" or "RecordReader" or "RecordEncoder" or "RecordDecoder"
            && name.TypeArgumentList.Arguments is { Count: 1 } arguments
            && !IsTypeParameter(arguments[0])
            && context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is INamedTypeSymbol used
            && SymbolEqualityComparer.Default.Equals(used.ContainingAssembly, symbols.SpliceableAttribute!.ContainingAssembly)
            && context.SemanticModel.GetTypeInfo(arguments[0], context.CancellationToken).Type is { } type
            && !IsRecord(type))
        {
            Report(context, arguments[0], type, AdviceForRecord(type));
        }
    }

    /// <summary>By its name alone: a type parameter hides every type of that name, and its constraint is the compiler's affair.</summary>
    private static bool IsTypeParameter(TypeSyntax argument)
    {
        if (argument is IdentifierNameSyntax { Identifier.ValueText: var name })
        {
            for (SyntaxNode? around = argument.Parent; around is not null; around = around.Parent)
            {
                TypeParameterListSyntax? declared = around switch
                {
                    MethodDeclarationSyntax method => method.TypeParameterList,
                    LocalFunctionStatementSyntax function => function.TypeParameterList,
                    TypeDeclarationSyntax type => type.TypeParameterList,
                    _ => null,
                };
                if (declared?.Parameters.Any(one => one.Identifier.ValueText == name) == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary><c>Tick.CreateWriter(writer)</c>, <c>Frame.Rent(writer)</c>, where there is no such member.</summary>
    private static void AnalyzeFactory(SyntaxNodeAnalysisContext context, RuntimeSymbols symbols)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.Expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: { } called }, Expression: { } of }
            || KindWith(called) is not { } kind
            || context.SemanticModel.GetSymbolInfo(call, context.CancellationToken) is not { Symbol: null, CandidateSymbols.IsEmpty: true }
            || context.SemanticModel.GetSymbolInfo(of, context.CancellationToken).Symbol is not INamedTypeSymbol type
            || type.TypeKind != kind
            || RecordParser.IsMarked(type)
            || type.GetMembers(called).Length > 0
            || !IsMeant(call, type, context, symbols))
        {
            return;
        }

        Report(context, of, type, AdviceForMark(type));
    }

    private static TypeKind? KindWith(string member) => member switch
    {
        "CreateWriter" or "CreateReader" => TypeKind.Struct,
        "Allocate" or "Rent" or "RentUninitialized" or "Receive" or "TryReceive" => TypeKind.Class,
        _ => null,
    };

    /// <summary>Any class may be asked for a member of such a name by mistake: an end of a pipe, or a segment, shows what was meant.</summary>
    private static bool IsMeant(InvocationExpressionSyntax call, INamedTypeSymbol type, SyntaxNodeAnalysisContext context, RuntimeSymbols symbols)
        => call.ArgumentList.Arguments.FirstOrDefault() is { } first
            ? symbols.Of(context.SemanticModel.GetTypeInfo(first.Expression, context.CancellationToken).Type) is SpliceType.SpliceWriter
                or SpliceType.SpliceReader
            : type.GetMembers().OfType<IPropertySymbol>().Any(property => SegmentParser.MarkOf(property) is not null);

    private static bool IsRecord(ITypeSymbol type)
        => type is not INamedTypeSymbol { TypeKind: not TypeKind.Error } named
            || (named.Locations.Any(location => location.IsInSource) && RecordParser.IsMarked(named))
            || named.AllInterfaces.Any(one => one.OriginalDefinition.MetadataFullName() == KnownNames.SpliceableInterface);

    private static string AdviceForRecord(ITypeSymbol type)
        => !type.Locations.Any(location => location.IsInSource) || type.TypeKind is not (TypeKind.Struct or TypeKind.Class)
            ? "cannot be marked [Spliceable] here, so it is no record; declare a partial struct that holds it, and mark that [Spliceable]"
        : type.TypeKind == TypeKind.Class
            ? "is a class, and a record is a struct; make it a partial struct and mark it [Spliceable]"
        : AdviceForMark((INamedTypeSymbol)type);

    private static string AdviceForMark(INamedTypeSymbol type)
        => $"is not marked [Spliceable]; write [Spliceable] above its declaration{(IsPartial(type) ? "" : ", and make it partial")}";

    private static bool IsPartial(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static void Report(SyntaxNodeAnalysisContext context, SyntaxNode place, ITypeSymbol type, string advice)
    {
        Location[] declared = CanBeMarked(type) && GeneratedTrees.UsersNameOf((INamedTypeSymbol)type, context.CancellationToken) is { } name ? [name] : [];
        context.ReportDiagnostic(
            Diagnostic.Create(UnmarkedType.Descriptor, place.GetLocation(), declared,
                type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), advice));
    }

    /// <summary>What the fix leaves to the user would break VMS1007 next.</summary>
    private static bool CanBeMarked(ITypeSymbol type)
        => type is INamedTypeSymbol { IsGenericType: false, IsRefLikeType: false, IsStatic: false, IsAbstract: false } named
            && (named.TypeKind == TypeKind.Struct || named is { TypeKind: TypeKind.Class, IsRecord: false })
            && named.DeclaringSyntaxReferences.Any(part => !GeneratedTrees.Has(part.SyntaxTree));
}

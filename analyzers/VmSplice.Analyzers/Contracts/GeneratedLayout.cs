using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Generators;
using VmSplice.Generators.Parsing;

namespace VmSplice.Analyzers.Contracts;

/// <summary>What the generator wrote of a type's layout: the one place that tells what it saw.</summary>
internal static class GeneratedLayout
{
    /// <returns>The fingerprint; <see langword="null"/> where nothing was generated, or a stub that throws.</returns>
    public static ulong? FingerprintOf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        SyntaxNode? written = type.GetMembers().OfType<IPropertySymbol>()
            .FirstOrDefault(member => BufferParser.IsGenerated(member) && member.ExplicitInterfaceImplementations.Any(IsLayout))
            ?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        object? number = (written as PropertyDeclarationSyntax)?.Initializer?.Value is BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments }
            ? arguments.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>()
                .FirstOrDefault(literal => literal.Token.Text.StartsWith("0x", StringComparison.Ordinal))?.Token.Value
            : null;
        return number is null ? null : Convert.ToUInt64(number, CultureInfo.InvariantCulture);
    }

    private static bool IsLayout(IPropertySymbol member)
        => member.Name == "Layout"
            && member.ContainingType.OriginalDefinition.MetadataFullName() is KnownNames.SpliceableInterface or KnownNames.BufferInterface;
}

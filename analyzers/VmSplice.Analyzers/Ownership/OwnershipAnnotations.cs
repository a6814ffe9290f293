using Microsoft.CodeAnalysis;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Ownership;

/// <summary>Reads <c>[Consumes]</c>, <c>[Borrows]</c> and <c>[Writes]</c>, then the additional file.</summary>
internal sealed class OwnershipAnnotations(OwnershipFacts facts)
{
    public ParameterEffect Of(IParameterSymbol parameter)
    {
        foreach (AttributeData attribute in parameter.OriginalDefinition.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && RuntimeNamespace.Holds(type))
            {
                switch (type.Name)
                {
                    case "ConsumesAttribute":
                        return ParameterEffect.Consumes;
                    case "BorrowsAttribute":
                        return ParameterEffect.Borrows;
                    case "WritesAttribute":
                        return ParameterEffect.Writes;
                }
            }
        }

        return facts.IsEmpty || parameter.ContainingSymbol is not IMethodSymbol method
            ? ParameterEffect.Unknown
            : facts.Of(method, parameter.Name);
    }
}

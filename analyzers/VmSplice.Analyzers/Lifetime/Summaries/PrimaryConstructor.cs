using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Summaries;

/// <summary>A constructor without a body: what it is given goes into the new object.</summary>
internal static class PrimaryConstructor
{
    public static MethodSummary? Summarize(IMethodSymbol constructor, TypeDeclarationSyntax type)
    {
        if (type.BaseList?.Types.Any(one => one is PrimaryConstructorBaseTypeSyntax) == true)
        {
            // The base type's does what it likes with its arguments.
            return null;
        }

        const OwnershipState Kept = OwnershipState.Shared | OwnershipState.Unaccessed;
        var held = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            // The property of a record; in a class the field that captures it.
            held["." + parameter.Name] = parameter.Ordinal;
        }

        List<string> allocated = [];
        foreach (MemberDeclarationSyntax member in type.Members)
        {
            switch (member)
            {
                case PropertyDeclarationSyntax { Initializer.Value: { } made } property when Allocates(made):
                    allocated.Add("." + property.Identifier.ValueText);
                    break;
                case PropertyDeclarationSyntax { Initializer.Value: IdentifierNameSyntax given } property:
                    Note(held, constructor, property.Identifier.ValueText, given);
                    break;
                case FieldDeclarationSyntax fields:
                    foreach (VariableDeclaratorSyntax field in fields.Declaration.Variables)
                    {
                        if (field.Initializer?.Value is { } start && Allocates(start))
                        {
                            allocated.Add("." + field.Identifier.ValueText);
                        }
                        else if (field.Initializer?.Value is IdentifierNameSyntax value)
                        {
                            Note(held, constructor, field.Identifier.ValueText, value);
                        }
                    }

                    break;
            }
        }

        return MethodSummary.OfConstructor([.. constructor.Parameters.Select(_ => new ParameterSummary(Kept))], held, allocated.Count == 1 ? allocated : []);
    }

    /// <summary><c>(byte*)NativeMemory.Alloc(length)</c>, by its text: a field's initializer is in no body.</summary>
    private static bool Allocates(ExpressionSyntax value)
        => (value is CastExpressionSyntax cast ? cast.Expression : value) is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member }
            && (member.Expression.ToString(), member.Name.Identifier.ValueText) is ("NativeMemory", "Alloc" or "AllocZeroed" or "AlignedAlloc")
                or ("Marshal", "AllocHGlobal" or "AllocCoTaskMem");

    private static void Note(Dictionary<string, int> held, IMethodSymbol constructor, string field, IdentifierNameSyntax given)
    {
        if (constructor.Parameters.FirstOrDefault(one => one.Name == given.Identifier.ValueText) is { } parameter)
        {
            held["." + field] = parameter.Ordinal;
        }
    }
}

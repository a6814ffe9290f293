using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Raw;

/// <summary>The name by which a call is written, without its type or object: what tells most calls apart before they are bound.</summary>
internal static class CalledName
{
    /// <summary>Null of what is called without a name of its own: an element of an array, the result of a cast.</summary>
    public static string? Of(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        _ => null,
    };
}

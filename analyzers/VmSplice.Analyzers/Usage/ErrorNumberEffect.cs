using System.Reflection.Metadata;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Usage;

/// <summary>Whether a call leaves the error number of an earlier one alone, told by what is known of the method.</summary>
internal static class ErrorNumberEffect
{
    public static ErrorEffect Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
        {
            return ErrorEffect.None;
        }

        if (NativeNames.EntryPoint(method) is not null)
        {
            return NativeNames.KeepsErrorNumber(method) == true ? ErrorEffect.Replaces : ErrorEffect.None;
        }

        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.FunctionPointerSignature)
        {
            return LambdaIn(call, model, cancellation) is { } lambda && CallsNothing(lambda) ? ErrorEffect.None
                : method.CallingConvention == SignatureCallingConvention.Default ? ErrorEffect.MayOverwrite : ErrorEffect.None;
        }

        if (method.DeclaringSyntaxReferences.Length > 0)
        {
            return CallsNothing(method, call, cancellation) ? ErrorEffect.None : ErrorEffect.MayOverwrite;
        }

        return LibraryErrorNumber.IsKeptBy(method) ? ErrorEffect.None : ErrorEffect.MayOverwrite;
    }

    private static bool CallsNothing(IMethodSymbol method, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (method.IsPartialDefinition)
        {
            // Without a body the call is left out; one that a generator writes is in no sight of the text.
            return method.PartialImplementationPart is not { } implementation || CallsNothing(implementation, call, cancellation);
        }

        return HasOneBody(method, call) && method.DeclaringSyntaxReferences.All(reference => CallsNothing(reference.GetSyntax(cancellation)));
    }

    /// <summary>Whether the body in sight is the one that runs: not where a type that derives from this one may have another, or there is none.</summary>
    private static bool HasOneBody(IMethodSymbol method, InvocationExpressionSyntax call)
        => !method.IsAbstract && !method.IsExtern
        && (!(method.IsVirtual || method.IsOverride) || method.IsSealed || method.ContainingType.IsSealed
            || call.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax });

    /// <summary>The lambda that a local variable is declared with, where the call runs that variable.</summary>
    private static LambdaExpressionSyntax? LambdaIn(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        if (call.Expression is not IdentifierNameSyntax name
            || model.GetSymbolInfo(name, cancellation).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared }
            || declared[0].GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: LambdaExpressionSyntax lambda } variable)
        {
            return null;
        }

        bool isAssigned = variable.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Any(one => one.Left is IdentifierNameSyntax left && left.Identifier.ValueText == name.Identifier.ValueText) != false;
        return isAssigned ? null : lambda;
    }

    private static bool CallsNothing(SyntaxNode body)
    {
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or UsingStatementSyntax)
            {
                return false;
            }
        }

        return true;
    }
}

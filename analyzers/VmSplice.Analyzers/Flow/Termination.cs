using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Flow;

/// <summary>Calls that do not come back, or not where a condition fails: by their attributes, by name, or by a body that only throws.</summary>
internal static class Termination
{
    private static readonly ConditionalWeakTable<IMethodSymbol, StrongBox<bool>> s_known = new();

    /// <summary>What must hold where a call comes back; null where it is no such call.</summary>
    internal readonly struct Demand(IOperation condition, bool value)
    {
        public IOperation Condition => condition;

        public bool Value => value;
    }

    /// <summary>Whether nothing after the operation is reached.</summary>
    [MethodImpl(Hot.Path)]
    public static bool EndsAt(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.AnonymousFunction or OperationKind.FlowAnonymousFunction:
            case OperationKind.Literal or OperationKind.LocalReference or OperationKind.ParameterReference or OperationKind.InstanceReference:
                return false;
        }

        if (operation.Kind == OperationKind.Invocation && operation is IInvocationOperation call
            && (NeverReturns(call.TargetMethod)
                || DemandOf(call) is { Condition.ConstantValue: { HasValue: true, Value: bool known } } demand && known != demand.Value))
        {
            return true;
        }

        foreach (IOperation child in operation.ChildOperations)
        {
            if (EndsAt(child))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The condition of a statement that does not return unless it holds.</summary>
    public static Demand? DemandOf(IOperation statement)
        => (statement is IExpressionStatementOperation expression ? expression.Operation : statement) is IInvocationOperation call ? DemandOf(call) : null;

    private static Demand? DemandOf(IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_Boolean } parameter)
            {
                foreach (AttributeData attribute in parameter.GetAttributes())
                {
                    if (attribute is { AttributeClass.Name: "DoesNotReturnIfAttribute", ConstructorArguments: { Length: 1 } arguments }
                        && arguments[0].Value is bool fatal)
                    {
                        return new Demand(argument.Value, !fatal);
                    }
                }
            }
        }

        return null;
    }

    [MethodImpl(Hot.Path)]
    private static bool NeverReturns(IMethodSymbol method) => s_known.GetValue(method.OriginalDefinition, static one => new(Find(one))).Value;

    private static bool Find(IMethodSymbol method)
        => method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute")
        || method is { Name: "FailFast" or "Exit",
            ContainingType: { Name: "Environment", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }
        || (!method.IsAsync && !method.IsVirtual && !method.IsOverride && !method.IsAbstract && method.DeclaringSyntaxReferences.Length == 1
            && OnlyThrows(method.DeclaringSyntaxReferences[0].GetSyntax()));

    private static bool OnlyThrows(SyntaxNode declaration)
    {
        (BlockSyntax? block, ArrowExpressionClauseSyntax? arrow) = declaration switch
        {
            BaseMethodDeclarationSyntax method => (method.Body, method.ExpressionBody),
            LocalFunctionStatementSyntax function => (function.Body, function.ExpressionBody),
            _ => (null, null),
        };
        return arrow is { Expression: ThrowExpressionSyntax }
            || block is { Statements: { Count: > 0 } statements } && EndsIn(statements[statements.Count - 1])
            && !block.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .Any(static node => node is ReturnStatementSyntax or YieldStatementSyntax or GotoStatementSyntax);
    }

    private static bool EndsIn(StatementSyntax last) => last switch
    {
        ThrowStatementSyntax => true,
        WhileStatementSyntax { Condition: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression } } loop => !HasBreak(loop.Statement),
        ForStatementSyntax { Condition: null } loop => !HasBreak(loop.Statement),
        _ => false,
    };

    private static bool HasBreak(StatementSyntax body) => body.DescendantNodesAndSelf().Any(static node => node is BreakStatementSyntax);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What a helper of the same file returns: one expression, of its parameters and of nothing that its body changes.</summary>
internal sealed class HelperValues(Evaluator evaluator, SemanticModel model, CancellationToken cancellation)
{
    private const int MaxDepth = 2;

    private int _depth;

    public Value? Result(IInvocationOperation call, Value?[] values)
    {
        IMethodSymbol method = call.TargetMethod;
        if (_depth == MaxDepth || method is { IsVirtual: true } or { IsOverride: true } or { IsAbstract: true } or { IsAsync: true }
            || method.OriginalDefinition.DeclaringSyntaxReferences is not { Length: 1 } declarations || declarations[0].SyntaxTree != model.SyntaxTree
            || ReturnedBy(declarations[0].GetSyntax(cancellation)) is not { } returned || model.GetOperation(returned, cancellation) is not { } operation)
        {
            return null;
        }

        var entry = new ValueState();
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            if (call.Arguments[i].Parameter is { RefKind: RefKind.None } parameter && Lasting(values[i]) is { } given)
            {
                entry[parameter.OriginalDefinition] = given;
            }
        }

        return Outside(operation, entry);
    }

    /// <summary>The value of an expression of other code, as far as it lasts: a number, a descriptor, a tuple or structure of such.</summary>
    public Value? Outside(IOperation operation, ValueState? entry = null)
    {
        (Action<IOperation, ValueState>? calling, Action<ISymbol, Value?>? assigned) = (evaluator.Calling, evaluator.Assigned);
        (evaluator.Calling, evaluator.Assigned) = (null, null);
        _depth++;
        try
        {
            return Lasting(evaluator.Eval(operation, entry ?? new ValueState()));
        }
        finally
        {
            _depth--;
            (evaluator.Calling, evaluator.Assigned) = (calling, assigned);
        }
    }

    /// <summary>Places are those of one body: of an address the number alone says anything elsewhere.</summary>
    private static Value? Lasting(Value? value) => value switch
    {
        Scalar scalar => new Scalar(scalar.Number),
        Descriptor => value,
        Aggregate parts => parts.Select(static (_, part) => Lasting(part)),
        _ => null,
    };

    private static ExpressionSyntax? ReturnedBy(SyntaxNode declaration)
    {
        (BlockSyntax? block, ArrowExpressionClauseSyntax? arrow) = declaration switch
        {
            MethodDeclarationSyntax method => (method.Body, method.ExpressionBody),
            LocalFunctionStatementSyntax function => (function.Body, function.ExpressionBody),
            _ => (null, null),
        };
        return arrow?.Expression
            ?? (block is { Statements: { Count: 1 } statements } && statements[0] is ReturnStatementSyntax { Expression: { } only } ? only : null);
    }
}

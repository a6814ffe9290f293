using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Raw;

/// <summary>
/// Whether a descriptor is surely the read end of a pipe. Then <c>vmsplice</c> receives: the kernel copies into the memory during the call,
/// and nothing of it is in the pipe afterwards.
/// </summary>
/// <param name="modelOf">The model of a file; null where that may not be looked into.</param>
/// <param name="graph">Where the temporaries of the descriptor are; null for an operation of the tree.</param>
internal readonly struct ReadEnd(Func<SyntaxTree, SemanticModel?> modelOf, ControlFlowGraph? graph)
{
    /// <summary>A handle in a variable of a field of a property; longer ways are not gone.</summary>
    private const int MaxSteps = 6;

    private const int In = 1;
    private const int Out = 2;

    public bool Is(IOperation descriptor) => Is(descriptor, MaxSteps);

    private bool Is(IOperation? descriptor, int steps)
    {
        if (descriptor is null || steps == 0)
        {
            return false;
        }

        switch (Operand.Unwrap(descriptor))
        {
            case IInvocationOperation { TargetMethod.Name: "DangerousGetHandle" or "ToInt32" or "ToInt64", Instance: { } handle }:
                return Is(handle, steps);
            case IObjectCreationOperation { Type.Name: "SafePipeHandle" or "SafeFileHandle", Arguments: { Length: 2 } arguments }:
                return Is(arguments[0].Value, steps - 1);
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                return Is(choice.WhenTrue, steps - 1) && Is(whenFalse, steps - 1);
            case IFlowCaptureReferenceOperation capture:
                return AllCaptured(capture.Id, steps);
            case IPropertyReferenceOperation property:
                return IsReadEnd(property, steps);
            case IFieldReferenceOperation { Field: var field }:
                return AllGiven(field, steps);
            case ILocalReferenceOperation { Local: var local }:
                return AllGiven(local, steps);
            case var other:
                return other.Syntax is ElementAccessExpressionSyntax element && IsFirstOfPair(element);
        }
    }

    private bool IsReadEnd(IPropertyReferenceOperation property, int steps)
    {
        string type = property.Property.ContainingType.Name;
        switch (property.Property.Name)
        {
            case "ReadHandle" when type == "SplicePipe" && RuntimeNamespace.Holds(property.Property.ContainingType):
            case "Handle" when type == "SpliceReader" && RuntimeNamespace.Holds(property.Property.ContainingType):
                return true;
            case "SafePipeHandle":
                return DirectionOf(property.Instance, steps) == In;
            case "ClientSafePipeHandle":
                return DirectionOf(property.Instance, steps) == Out;
            default:
                return AllGiven(property.Property, steps);
        }
    }

    /// <summary>The direction of an anonymous pipe's stream: 1 in, 2 out; 0 where it is not known.</summary>
    private int DirectionOf(IOperation? stream, int steps)
    {
        if (stream is null || steps == 0)
        {
            return 0;
        }

        switch (Operand.Unwrap(stream))
        {
            case IObjectCreationOperation { Type.Name: "AnonymousPipeServerStream" or "AnonymousPipeClientStream" } creation:
                foreach (IArgumentOperation argument in creation.Arguments)
                {
                    if (argument.Parameter?.Type.Name == "PipeDirection")
                    {
                        return (int)(Operand.Constant(argument.Value) ?? 0);
                    }
                }

                return creation.Type!.Name == "AnonymousPipeServerStream" ? Out : In;
            case IMemberReferenceOperation member:
                return DirectionIn(member.Member, steps);
            case ILocalReferenceOperation local:
                return DirectionIn(local.Local, steps);
            default:
                return 0;
        }
    }

    private int DirectionIn(ISymbol variable, int steps)
    {
        int direction = -1;
        foreach (IOperation? value in ValuesOf(variable))
        {
            int one = DirectionOf(value, steps - 1);
            direction = direction < 0 || direction == one ? one : 0;
        }

        return Math.Max(direction, 0);
    }

    private bool AllCaptured(CaptureId temporary, int steps)
    {
        bool any = false;
        foreach (BasicBlock block in graph?.Blocks ?? [])
        {
            foreach (IOperation operation in block.Operations)
            {
                if (operation is IFlowCaptureOperation capture && capture.Id.Equals(temporary))
                {
                    any = true;
                    if (!Is(capture.Value, steps - 1))
                    {
                        return false;
                    }
                }
            }
        }

        return any;
    }

    private bool AllGiven(ISymbol variable, int steps)
    {
        bool any = false;
        foreach (IOperation? value in ValuesOf(variable))
        {
            any = true;
            if (!Is(value, steps - 1))
            {
                return false;
            }
        }

        return any;
    }

    /// <summary>What a variable, field or property is ever given; null for what cannot be looked at.</summary>
    private IEnumerable<IOperation?> ValuesOf(ISymbol variable)
    {
        foreach (SyntaxNode scope in ScopesOf(variable))
        {
            SemanticModel? model = modelOf(scope.SyntaxTree);
            foreach (SyntaxNode node in scope.DescendantNodes())
            {
                ExpressionSyntax? value = node switch
                {
                    VariableDeclaratorSyntax declared when declared.Identifier.ValueText == variable.Name => declared.Initializer?.Value,
                    PropertyDeclarationSyntax property when property.Identifier.ValueText == variable.Name =>
                        property.Initializer?.Value ?? property.ExpressionBody?.Expression ?? property.AccessorList?.Accessors[0].ExpressionBody?.Expression,
                    AssignmentExpressionSyntax assignment when NameOf(assignment.Left) == variable.Name => assignment.Right,
                    _ => null,
                };
                if (value is not null)
                {
                    yield return model?.GetOperation(value);
                }
            }
        }
    }

    private static IEnumerable<SyntaxNode> ScopesOf(ISymbol variable)
    {
        if (variable is ILocalSymbol)
        {
            SyntaxNode? declared = variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
            SyntaxNode? scope = (SyntaxNode?)declared?.FirstAncestorOrSelf<MemberDeclarationSyntax>(static node => node is not GlobalStatementSyntax)
                ?? declared?.SyntaxTree.GetRoot();
            return scope is null ? [] : [scope];
        }

        return variable.ContainingType?.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()) ?? [];
    }

    /// <summary><c>fds[0]</c> where <c>pipe(fds)</c> filled it.</summary>
    private static bool IsFirstOfPair(ElementAccessExpressionSyntax element)
    {
        if (element.ArgumentList.Arguments.Count != 1 || element.ArgumentList.Arguments[0].Expression is not LiteralExpressionSyntax { Token.Value: 0 }
            || NameOf(element.Expression) is not { } pair)
        {
            return false;
        }

        SyntaxNode? scope = (SyntaxNode?)element.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? element.SyntaxTree.GetRoot();
        return scope.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            CalledName.Of(call) is "pipe" or "pipe2" && call.ArgumentList.Arguments.Count > 0 && NameOf(call.ArgumentList.Arguments[0].Expression) == pair);
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText,
        _ => null,
    };
}

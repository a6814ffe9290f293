using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Lifetime.Checks;

/// <summary>
/// <c>Session session = _open[id]; writer.Send(session.Body);</c>: the object is a field's, or in a collection of one, and still holds the buffer when
/// the method is over. By the text of the method: whatever may take the object out, replace its buffer or mark it keeps this silent.
/// </summary>
internal static class ObjectsOfFields
{
    /// <summary>Whether a local is an object that a field of the type leads to and that stays as it is.</summary>
    public static bool StillHold(ILocalSymbol local, string field, EndOfBody end)
    {
        if (local.DeclaringSyntaxReferences.Length != 1 || end.Method?.DeclaringSyntaxReferences.Length != 1)
        {
            return false;
        }

        SyntaxNode member = end.Method.DeclaringSyntaxReferences[0].GetSyntax(end.Cancellation);
        SyntaxNode declared = local.DeclaringSyntaxReferences[0].GetSyntax(end.Cancellation);
        return HolderOf(declared) is { } holder && IsOfThis(holder, end) && !IsTakenOut(member, NameOf(holder)!) && !IsChanged(member, local.Name, field)
            && !IsMarked(member, local.Name);
    }

    /// <summary><c>_current</c>, <c>_open[id]</c>, <c>_queue.Peek()</c>: the field.</summary>
    private static ExpressionSyntax? HolderOf(SyntaxNode declared)
    {
        ExpressionSyntax? value = (declared as VariableDeclaratorSyntax)?.Initializer?.Value;
        if (value is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: ThrowExpressionSyntax } sure)
        {
            value = sure.Left;
        }

        value = value is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven ? forgiven.Operand : value;
        value = value switch
        {
            ElementAccessExpressionSyntax element => element.Expression,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetValueOrDefault" or "Peek" } look } =>
                look.Expression,
            InvocationExpressionSyntax => null,
            _ => value,
        };
        return NameOf(value) is null ? null : value;
    }

    private static string? NameOf(ExpressionSyntax? holder) => holder switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => own.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsOfThis(ExpressionSyntax holder, EndOfBody end)
    {
        SemanticModel model = end.Shared.ModelOf(holder.SyntaxTree);
        ISymbol? symbol = model.GetSymbolInfo(holder, end.Cancellation).Symbol;
        bool isField = symbol is IFieldSymbol || symbol is IPropertySymbol property && StoredMembers.FieldOf(property) is not null;
        return isField && model.GetTypeInfo(holder, end.Cancellation).Type is { } type
            && (type is IArrayTypeSymbol || type.IsReferenceType) && SymbolEqualityComparer.Default.Equals(symbol!.ContainingType, end.Owner.ContainingType);
    }

    /// <summary>The collection is asked for more than its elements, or the field is assigned; a method of the type may do so too.</summary>
    private static bool IsTakenOut(SyntaxNode member, string holder) => member.DescendantNodes().Any(node => node switch
    {
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } => NameOf(call.Expression) == holder
            && call.Name.Identifier.ValueText is not ("TryGetValue" or "GetValueOrDefault" or "Peek" or "TryPeek" or "ContainsKey" or "Contains"),
        AssignmentExpressionSyntax assignment => (NameOf(assignment.Left)
            ?? NameOf((assignment.Left as ElementAccessExpressionSyntax)?.Expression)) == holder,
        ArgumentSyntax argument => NameOf(argument.Expression) == holder,
        _ => false,
    });

    /// <summary>The variable or its buffer gets another value, or somebody else gets the object.</summary>
    private static bool IsChanged(SyntaxNode member, string local, string field) => member.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.ValueText == local,
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } set } =>
            name.Identifier.ValueText == local && "." + set.Name.Identifier.ValueText == field,
        ArgumentSyntax { Expression: IdentifierNameSyntax name } => name.Identifier.ValueText == local,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name } } => name.Identifier.ValueText == local,
        ReturnStatementSyntax { Expression: IdentifierNameSyntax name } => name.Identifier.ValueText == local,
        EqualsValueClauseSyntax { Value: IdentifierNameSyntax name } => name.Identifier.ValueText == local,
        AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax => true,
        _ => false,
    });

    /// <summary>The method sets another member of the object, which something in the file asks for: <c>if (session.IsCommitted)</c>.</summary>
    private static bool IsMarked(SyntaxNode member, string local)
    {
        HashSet<string> set = [.. member.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Select(static one => one.Left as MemberAccessExpressionSyntax)
            .Where(one => one?.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == local)
            .Select(static one => one!.Name.Identifier.ValueText)];
        return set.Count > 0 && member.SyntaxTree.GetRoot().DescendantNodes().Any(node => node is IdentifierNameSyntax name
            && set.Contains(name.Identifier.ValueText)
            && !(node.Parent is MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } access && assignment.Left == access));
    }
}

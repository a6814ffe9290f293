using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.AnalyzerCost;

/// <summary>
/// Makes programs that send buffers of programs that rent arrays: <c>ArrayPool&lt;T&gt;.Shared.Rent</c> becomes a page buffer, and
/// <c>Return</c> its send. Who may not use an array that was returned may not use a buffer that was sent, so what others wrote, and use,
/// must be silent; a finding is a mistake of theirs, or one of ours.
/// </summary>
internal sealed class PooledArrays : CSharpSyntaxRewriter
{
    /// <summary>What the changed programs call: a writer, and the views of an array as views of a span.</summary>
    public const string StandIns = """
        namespace PooledAsPages
        {
            internal static class Pool
            {
                public static VmSplice.SpliceWriter Writer => throw null!;
                public static System.Span<T> AsSpan<T>(this System.Span<T> span, int start, int length) => span.Slice(start, length);
                public static System.Span<T> AsSpan<T>(this System.Span<T> span, int start) => span.Slice(start);
                public static System.Span<T> AsSpan<T>(this System.Span<T> span) => span;
            }
        }
        """;

    /// <summary>The rented variables of the member at hand, and the type of their elements.</summary>
    private Dictionary<string, TypeSyntax> _rented = [];

    /// <summary>How many variables became buffers.</summary>
    public int Changed { get; private set; }

    public SyntaxTree In(SyntaxTree tree)
    {
        if (!tree.ToString().Contains("ArrayPool<", StringComparison.Ordinal))
        {
            return tree;
        }

        var root = (CompilationUnitSyntax)Visit(tree.GetRoot())!;
        return CSharpSyntaxTree.ParseText("using PooledAsPages;\n" + root.ToFullString(), (CSharpParseOptions)tree.Options, tree.FilePath);
    }

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax) || _rented.Count > 0)
        {
            return base.Visit(node);
        }

        _rented = RentedIn(node);
        Changed += _rented.Count;
        SyntaxNode? changed = base.Visit(node);
        _rented = [];
        return changed;
    }

    public override SyntaxNode? VisitVariableDeclaration(VariableDeclarationSyntax node)
    {
        if (node.Variables is not [var variable] || !_rented.TryGetValue(variable.Identifier.Text, out TypeSyntax? element))
        {
            return base.VisitVariableDeclaration(node);
        }

        ExpressionSyntax? value = variable.Initializer?.Value;
        ExpressionSyntax? made = IsNull(value) ? SyntaxFactory.ParseExpression("default") : (ExpressionSyntax?)Visit(value);
        return node
            .WithType(SyntaxFactory.ParseTypeName($"VmSplice.PageBuffer<{element}> ").WithLeadingTrivia(node.Type.GetLeadingTrivia()))
            .WithVariables([made is null ? variable : variable.WithInitializer(SyntaxFactory.EqualsValueClause(made))]);
    }

    public override SyntaxNode? VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        if (!IsRented(node.Left))
        {
            return base.VisitAssignmentExpression(node);
        }

        ExpressionSyntax right = IsNull(node.Right) ? SyntaxFactory.ParseExpression("default") : (ExpressionSyntax)Visit(node.Right)!;
        AssignmentExpressionSyntax changed = node.WithRight(right);
        return node.Parent is ExpressionStatementSyntax ? changed : View(changed);
    }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (ElementOf(node, "Rent") is { } element && NameOf(node) is { } name && _rented.ContainsKey(name))
        {
            SyntaxNode? length = Visit(node.ArgumentList.Arguments[0].Expression);
            return SyntaxFactory.ParseExpression($"VmSplice.PageBuffer<{element}>.Allocate({length})").WithTriviaFrom(node);
        }

        return ElementOf(node, "Return") is not null && IsRented(node.ArgumentList.Arguments[0].Expression)
            ? SyntaxFactory.ParseExpression($"PooledAsPages.Pool.Writer.Send({node.ArgumentList.Arguments[0].Expression})").WithTriviaFrom(node)
            : base.VisitInvocationExpression(node);
    }

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
        => node.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression && IsRented(node.Left) && IsNull(node.Right)
            ? node.WithRight(SyntaxFactory.ParseExpression("default"))
            : base.VisitBinaryExpression(node);

    public override SyntaxNode? VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        if (!IsRented(node.Expression))
        {
            return base.VisitIsPatternExpression(node);
        }

        bool negated = node.Pattern is UnaryPatternSyntax;
        return SyntaxFactory.ParseExpression($"{node.Expression} {(negated ? "!=" : "==")} default").WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) => !IsRented(node) ? node : node.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Length" } member when member.Expression == node => node,
        MemberAccessExpressionSyntax member when member.Name == node => node,
        ElementAccessExpressionSyntax or NameColonSyntax or NameEqualsSyntax => node,
        _ => View(node.WithoutTrivia()).WithTriviaFrom(node),
    };

    private static MemberAccessExpressionSyntax View(ExpressionSyntax expression) => SyntaxFactory.MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression,
        expression is IdentifierNameSyntax ? expression : SyntaxFactory.ParenthesizedExpression(expression),
        SyntaxFactory.IdentifierName("Span"));

    private bool IsRented(SyntaxNode node) => node is IdentifierNameSyntax name && _rented.ContainsKey(name.Identifier.Text);

    private static bool IsNull(ExpressionSyntax? value)
        => value is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression };

    /// <summary>The variables of a member that are rented and returned in it, and go nowhere else.</summary>
    private static Dictionary<string, TypeSyntax> RentedIn(SyntaxNode member)
    {
        Dictionary<string, TypeSyntax> rented = [];
        foreach (InvocationExpressionSyntax rent in member.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            // What is a struct cannot be seen by its name.
            if (ElementOf(rent, "Rent")
                is PredefinedTypeSyntax { Keyword.RawKind: not ((int)SyntaxKind.ObjectKeyword or (int)SyntaxKind.StringKeyword) } element
                && NameOf(rent) is { } name && IsFollowed(name, member))
            {
                rented[name] = element;
            }
        }

        return rented;
    }

    private static string? NameOf(InvocationExpressionSyntax rent) => rent.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } when IsLocal(variable) => variable.Identifier.Text,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.Text,
        _ => null,
    };

    private static bool IsLocal(VariableDeclaratorSyntax variable)
        => variable.Parent is VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax };

    private static bool IsNullOrRent(ExpressionSyntax value)
        => IsNull(value) || value is InvocationExpressionSyntax made && ElementOf(made, "Rent") is not null;

    private static bool IsFollowed(string name, SyntaxNode member)
    {
        SyntaxNode[] declared = [.. member.DescendantNodes().Where(node => node is VariableDeclaratorSyntax variable && variable.Identifier.Text == name)];
        IdentifierNameSyntax[] uses = [.. member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(one => one.Identifier.Text == name)];
        return declared is [VariableDeclaratorSyntax only] && IsLocal(only)
            && (only.Initializer is not { Value: var value } || IsNullOrRent(value))
            && uses.Any(use => use.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } && ElementOf(call, "Return") is not null)
            && !uses.Any(Leaves);
    }

    /// <summary>Somebody else has it then: another variable, a caller, an object, a function that is run later.</summary>
    private static bool Leaves(IdentifierNameSyntax use) => use.Parent switch
    {
        EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or InitializerExpressionSyntax => true,
        CastExpressionSyntax or ConditionalExpressionSyntax => true,
        AssignmentExpressionSyntax assignment => assignment.Right == use || !IsNullOrRent(assignment.Right),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None)
            || argument.Parent?.Parent is ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax or TupleExpressionSyntax,
        _ => false,
    } || use.FirstAncestorOrSelf<SyntaxNode>(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) is not null;

    /// <summary>Of <c>ArrayPool&lt;T&gt;.Shared.Rent(…)</c>: T.</summary>
    private static TypeSyntax? ElementOf(InvocationExpressionSyntax call, string method)
        => call is
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name: IdentifierNameSyntax name,
                Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.Text: "Shared" }, Expression: var pool },
            },
            ArgumentList.Arguments.Count: > 0,
        } && name.Identifier.Text == method
            && pool.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()
                is { Identifier.Text: "ArrayPool", TypeArgumentList.Arguments: [var element] } ? element : null;
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Text;

/// <summary>The calls and the variables of one file, in the order of the text: found in one walk, however many rules ask for them.</summary>
internal sealed class FileSyntax
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileSyntax> s_known = new();

    private FileSyntax(SyntaxNode root)
    {
        ImmutableArray<InvocationExpressionSyntax>.Builder calls = ImmutableArray.CreateBuilder<InvocationExpressionSyntax>();
        ImmutableArray<VariableDeclaratorSyntax>.Builder variables = ImmutableArray.CreateBuilder<VariableDeclaratorSyntax>();
        foreach (SyntaxNode node in root.DescendantNodes(MayHold))
        {
            if (node is InvocationExpressionSyntax call)
            {
                calls.Add(call);
            }
            else if (node is VariableDeclaratorSyntax variable)
            {
                variables.Add(variable);
            }
        }

        Calls = calls.ToImmutable();
        Variables = variables.ToImmutable();
    }

    public ImmutableArray<InvocationExpressionSyntax> Calls { get; }

    /// <summary>Locals and fields; what a pattern or a <c>foreach</c> declares is none of them.</summary>
    public ImmutableArray<VariableDeclaratorSyntax> Variables { get; }

    public static FileSyntax Of(SyntaxTree tree, CancellationToken cancellation)
        => s_known.TryGetValue(tree, out FileSyntax? known) ? known : s_known.GetValue(tree, one => new(one.GetRoot(cancellation)));

    // Names and signatures are a large part of a file. The length of an array is an expression.
    private static bool MayHold(SyntaxNode node) => (SyntaxKind)node.RawKind is not (SyntaxKind.IdentifierName or SyntaxKind.GenericName
        or SyntaxKind.QualifiedName or SyntaxKind.PredefinedType or SyntaxKind.NullableType or SyntaxKind.PointerType or SyntaxKind.UsingDirective
        or SyntaxKind.ParameterList or SyntaxKind.TypeParameterList or SyntaxKind.TypeParameterConstraintClause or SyntaxKind.AttributeList
        or SyntaxKind.NumericLiteralExpression or SyntaxKind.StringLiteralExpression);
}

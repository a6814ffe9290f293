using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using VmSplice.Analyzers.Library;
using VmSplice.RuleContract;

namespace VmSplice.CodeFixes.Lifetime;

/// <summary>VMS2009: sets what still holds the buffer to <c>default</c> right after the transfer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceHolderFix)), Shared]
public sealed class ReplaceHolderFix() : DocumentFix(RuleIds.StaysReachable, "Set it to default after the hand-over")
{
    private protected override Action<SyntaxEditor>? Plan(FixSite site)
    {
        SyntaxNode transfer = site.Node;
        // In the statement the buffer may be one of several; a lambda or a loop's head is no statement to follow.
        if (transfer.AncestorsAndSelf()
            .FirstOrDefault(node => node is StatementSyntax or AnonymousFunctionExpressionSyntax) is not ExpressionStatementSyntax statement
            || site.Property(FindingProperties.Holder) is not { } name
            || HolderNamed(name, statement, site) is not { } holder
            || IsSetNext(statement, holder))
        {
            return null;
        }

        string assignment = $"{holder} = default;";
        if (statement.Parent is BlockSyntax or SwitchSectionSyntax)
        {
            return editor => editor.InsertAfter(statement, Made.StatementLike(statement, assignment));
        }

        return statement.Parent is GlobalStatementSyntax or LabeledStatementSyntax ? null : editor => editor.ReplaceNode(statement, (now, _) =>
            SyntaxFactory.Block(
                ((StatementSyntax)now).WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed),
                SyntaxFactory.ParseStatement(assignment).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed))
                .WithTriviaFrom(now).WithAdditionalAnnotations(Formatter.Annotation));
    }

    /// <summary>How the holder is written here, or null where it is none that this statement may assign.</summary>
    private static string? HolderNamed(string name, StatementSyntax statement, FixSite site)
    {
        // As the transfer names it: h.Buffer.
        foreach (ExpressionSyntax mentioned in site.Node.DescendantNodesAndSelf().OfType<ExpressionSyntax>())
        {
            bool isName = mentioned is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } && member == name;
            if (isName && CanAssign(site.Model.GetSymbolInfo(mentioned, site.Cancellation).Symbol, site.Model, statement) && IsPlain(mentioned))
            {
                return mentioned.ToString();
            }
        }

        ISymbol[] found = [.. site.Model.LookupSymbols(statement.SpanStart, name: name)];
        return found.Length == 1 && CanAssign(found[0], site.Model, statement) ? name : null;
    }

    private static bool CanAssign(ISymbol? symbol, SemanticModel model, StatementSyntax statement) => symbol switch
    {
        IFieldSymbol { IsReadOnly: false, IsConst: false } field => IsBuffer(field.Type),
        IPropertySymbol { SetMethod: { IsInitOnly: false } setter, IsIndexer: false } property =>
            IsBuffer(property.Type) && model.IsAccessible(statement.SpanStart, setter),
        IParameterSymbol { RefKind: RefKind.Ref } parameter => IsBuffer(parameter.Type),
        _ => false,
    };

    private static bool IsBuffer(ITypeSymbol type)
        => (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type)
            is INamedTypeSymbol { Name: "PageBuffer" } buffer && RuntimeNamespace.Holds(buffer);

    /// <summary>Names with dots between can be evaluated again.</summary>
    private static bool IsPlain(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => IsPlain(access.Expression),
        IdentifierNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax or GenericNameSyntax => true,
        _ => false,
    };

    private static bool IsSetNext(ExpressionStatementSyntax statement, string holder)
    {
        SyntaxList<StatementSyntax> siblings = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        int next = siblings.IndexOf(statement) + 1;
        return next > 0 && next < siblings.Count
            && siblings[next] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax set } && set.Left.ToString() == holder;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes;

/// <summary>Compiles a document as a fix would leave it, before the fix is offered.</summary>
internal static class Trial
{
    /// <summary>What the generator adds is not there yet: the other part of a property, of a type, of an interface.</summary>
    private static readonly HashSet<string> s_generated = new(StringComparer.Ordinal) { "CS9248", "CS0535" };

    /// <summary>Whether a document has no error that it had not before, nor any other that mentions a type declared in it.</summary>
    /// <param name="model">The document as it is.</param>
    /// <param name="changed">As it would be.</param>
    /// <param name="id">The rule: those of declarations (VMS1xxx) change what other documents see.</param>
    /// <param name="cancellation">Stops the compiler.</param>
    public static bool Compiles(SemanticModel model, SyntaxNode changed, string id, CancellationToken cancellation)
    {
        SyntaxTree before = model.SyntaxTree;
        SyntaxTree after = before.WithRootAndOptions(changed, before.Options);
        Compilation compilation = model.Compilation.ReplaceSyntaxTree(before, after);
        if (!DirectivesOf(before, cancellation).SequenceEqual(DirectivesOf(after, cancellation))
            || HasNewError(model, compilation.GetSemanticModel(after), cancellation))
        {
            return false;
        }

        if (!id.StartsWith("VMS1", StringComparison.Ordinal))
        {
            return true;
        }

        string[] names =
            [.. changed.DescendantNodes(node => node is not BaseMethodDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>()
                .Select(type => type.Identifier.ValueText).Distinct()];
        foreach (SyntaxTree other in model.Compilation.SyntaxTrees)
        {
            if (other != before && Mentions(other, names, cancellation)
                && HasNewError(model.Compilation.GetSemanticModel(other), compilation.GetSemanticModel(other), cancellation))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Mentions(SyntaxTree tree, string[] names, CancellationToken cancellation)
    {
        string text = tree.GetText(cancellation).ToString();
        return names.Any(name => text.IndexOf(name, StringComparison.Ordinal) >= 0);
    }

    private static bool HasNewError(SemanticModel before, SemanticModel after, CancellationToken cancellation)
    {
        List<string> now = [.. ErrorsOf(after, cancellation)];
        if (now.Count == 0)
        {
            return false;
        }

        foreach (string old in ErrorsOf(before, cancellation))
        {
            now.Remove(old);
        }

        return now.Count > 0;
    }

    private static IEnumerable<string> ErrorsOf(SemanticModel model, CancellationToken cancellation)
        => model.GetDiagnostics(cancellationToken: cancellation)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !s_generated.Contains(diagnostic.Id))
            .Select(diagnostic => diagnostic.Id);

    /// <summary>Lines such as <c>#if</c>: what stands between them must stay there.</summary>
    private static IEnumerable<string> DirectivesOf(SyntaxTree tree, CancellationToken cancellation)
        => tree.GetRoot(cancellation) is { ContainsDirectives: true } root
            ? root.DescendantTrivia(descendIntoTrivia: false).Where(trivia => trivia.IsDirective).Select(trivia => trivia.ToString())
            : [];
}

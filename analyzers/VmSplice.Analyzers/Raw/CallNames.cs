using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Raw;

/// <summary>
/// The names that a raw call can have in one compilation, so that all other calls are passed over without binding them:
/// what sounds like the call, and what the files that mention the export <c>"vmsplice"</c> give it.
/// </summary>
internal sealed class CallNames
{
    private const string Export = "\"vmsplice\"";

    private readonly HashSet<string> _given;

    private CallNames(HashSet<string> given, bool loadsExport)
    {
        _given = given;
        LoadsExport = loadsExport;
    }

    /// <summary>Whether any file of the compilation mentions the export.</summary>
    public bool LoadsExport { get; }

    public static CallNames DeclaredIn(Compilation compilation)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        bool loads = false;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (tree.TryGetText(out SourceText? text) && TextSearch.Contains(text, Export))
            {
                loads = true;
                Collect(tree.GetRoot(), given);
            }
        }

        return new CallNames(given, loads);
    }

    public bool Match(ExpressionSyntax called)
    {
        string? name = SimpleName(called);
        // What has no name (a cast, an element of an array) is rare enough to be looked at.
        return name is null || NativeNames.MayDeclareTheCall(name) || _given.Contains(name);
    }

    private static string? SimpleName(ExpressionSyntax expression) => expression switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } access => SimpleName(access.Expression),
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private static void Collect(SyntaxNode root, HashSet<string> given)
    {
        foreach (SyntaxNode node in root.DescendantNodes())
        {
            switch (node)
            {
                case MethodDeclarationSyntax { AttributeLists.Count: > 0 } method when method.AttributeLists.ToString().Contains(Export):
                    given.Add(method.Identifier.ValueText);
                    break;
                case LocalFunctionStatementSyntax { AttributeLists.Count: > 0 } function when function.AttributeLists.ToString().Contains(Export):
                    given.Add(function.Identifier.ValueText);
                    break;
                // A loaded pointer may pass through another variable on its way: every one of such a file counts.
                case VariableDeclaratorSyntax variable:
                    given.Add(variable.Identifier.ValueText);
                    break;
                case ParameterSyntax parameter:
                    given.Add(parameter.Identifier.ValueText);
                    break;
                case SingleVariableDesignationSyntax variable:
                    given.Add(variable.Identifier.ValueText);
                    break;
                case PropertyDeclarationSyntax property:
                    given.Add(property.Identifier.ValueText);
                    break;
            }
        }
    }
}

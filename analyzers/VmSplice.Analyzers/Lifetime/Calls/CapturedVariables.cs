using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Lifetime.Aliasing;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>What lambdas and local functions capture, by the names in their text.</summary>
internal sealed class CapturedVariables(BodyEvaluation body)
{
    private readonly Dictionary<SyntaxNode, HashSet<string>> _namesIn = [];

    /// <summary>What is in the variables that the function names, fields included.</summary>
    public IEnumerable<PointsToSet> In(AllocationSite function)
    {
        HashSet<string> names = NamesIn(function.Node!);
        foreach (KeyValuePair<AccessPath, PointsToSet> pair in body.State.Paths)
        {
            if (!pair.Value.References.IsEmpty && names.Contains(pair.Key.Root is ISymbol variable ? variable.Name : pair.Key.Name))
            {
                yield return pair.Value;
            }
        }
    }

    private HashSet<string> NamesIn(SyntaxNode function)
    {
        if (!_namesIn.TryGetValue(function, out HashSet<string>? names))
        {
            _namesIn.Add(function, names = new HashSet<string>(StringComparer.Ordinal));
            foreach (SyntaxNode node in function.DescendantNodes())
            {
                if (node is IdentifierNameSyntax name)
                {
                    names.Add(name.Identifier.ValueText);
                }
            }
        }

        return names;
    }
}

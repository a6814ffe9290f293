using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Ownership;

/// <summary>
/// Facts about methods that cannot be annotated, from the additional file <c>VmSplice.Ownership.txt</c>. A line is
/// <c>Namespace.Type.Method parameter consumes|borrows|writes</c>; <c>#</c> starts a comment. Overloads share a line.
/// </summary>
internal sealed class OwnershipFacts
{
    public const string FileName = "VmSplice.Ownership.txt";

    private readonly Dictionary<(string Method, string Parameter), ParameterEffect> _facts = [];

    public bool IsEmpty => _facts.Count == 0;

    public static OwnershipFacts Read(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        var read = new OwnershipFacts();
        foreach (AdditionalText file in files)
        {
            if (string.Equals(Path.GetFileName(file.Path), FileName, StringComparison.OrdinalIgnoreCase)
                && file.GetText(cancellation) is { } text)
            {
                foreach (TextLine line in text.Lines)
                {
                    read.Add(line.ToString());
                }
            }
        }

        return read;
    }

    public ParameterEffect Of(IMethodSymbol method, string parameter)
    {
        string name = method.ContainingType.ToDisplayString(s_typeName) + "." + method.Name;
        return _facts.TryGetValue((name, parameter), out ParameterEffect effect) ? effect : ParameterEffect.Unknown;
    }

    private static readonly SymbolDisplayFormat s_typeName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private void Add(string line)
    {
        int comment = line.IndexOf('#');
        string[] words = (comment < 0 ? line : line.Substring(0, comment))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

        // A line that says something else is left alone: a newer version may know it.
        if (words.Length == 3 && Enum.TryParse(words[2], ignoreCase: true, out ParameterEffect effect))
        {
            _facts[(words[0], words[1])] = effect;
        }
    }
}

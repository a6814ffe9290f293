using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VmSplice.Analyzers.Tests.Robustness;

/// <summary>Code while it is being typed: pieces missing, doubled, swapped, cut off; made from a seed alone.</summary>
internal static class MutatedSyntax
{
    public static string Of(string source, int seed)
    {
        var random = new Random(seed);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            source = random.Next(3) == 0 ? ChangeNode(source, random) : ChangeToken(source, random);
        }

        return source;
    }

    private static string ChangeToken(string source, Random random)
    {
        List<string> tokens = [.. SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString())];
        int at = random.Next(tokens.Count);
        switch (random.Next(5))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, tokens[random.Next(tokens.Count)]);
                break;
            case 2:
                tokens[at] = tokens[random.Next(tokens.Count)];
                break;
            case 3:
                tokens.RemoveRange(at, Math.Min(tokens.Count - at, random.Next(8)));
                break;
            default:
                // The end is yet to be typed.
                tokens.RemoveRange(at, random.Next(20) == 0 ? tokens.Count - at : 0);
                break;
        }

        return string.Concat(tokens);
    }

    // A whole statement, expression or member takes another's place, or goes.
    private static string ChangeNode(string source, Random random)
    {
        SyntaxNode[] nodes = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes()];
        if (nodes.Length == 0)
        {
            return source;
        }

        Microsoft.CodeAnalysis.Text.TextSpan target = nodes[random.Next(nodes.Length)].Span;
        string instead = random.Next(3) == 0 ? "" : nodes[random.Next(nodes.Length)].ToString();
        return instead.Length > 2_000 ? source : source.Remove(target.Start, target.Length).Insert(target.Start, instead);
    }
}

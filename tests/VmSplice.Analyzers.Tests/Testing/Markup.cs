using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>
/// A source text and the spans marked in it: <c>[|…|]</c> an expected diagnostic of the test's own rule,
/// <c>{|VMS2001:…|}</c> one of the rule named, <c>{|#sent:…|}</c> a place with a name and no diagnostic
/// (for additional locations). Marks may nest.
/// </summary>
internal sealed record Markup(string Text, ImmutableArray<Mark> Expected, ImmutableDictionary<string, TextSpan> Places)
{
    public static Markup Parse(string source, string? defaultId)
    {
        var text = new StringBuilder(source.Length);
        var open = new Stack<(string Id, int Start)>();
        ImmutableArray<Mark>.Builder expected = ImmutableArray.CreateBuilder<Mark>();
        ImmutableDictionary<string, TextSpan>.Builder places = ImmutableDictionary.CreateBuilder<string, TextSpan>();
        for (int i = 0; i < source.Length; i++)
        {
            string two = i + 1 < source.Length ? source.Substring(i, 2) : "";
            if (two == "[|")
            {
                string id = defaultId ?? throw new FormatException("[|…|] needs the rule's ID: the analyzer has several.");
                open.Push((id, text.Length));
                i++;
            }
            else if (two == "{|" && source.IndexOf(':', i) is > 0 and int colon)
            {
                open.Push((source[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (two is "|]" or "|}")
            {
                if (!open.TryPop(out (string Id, int Start) mark))
                {
                    throw new FormatException($"'{two}' at {i} closes nothing.");
                }

                var span = TextSpan.FromBounds(mark.Start, text.Length);
                if (mark.Id.StartsWith('#'))
                {
                    places.Add(mark.Id[1..], span);
                }
                else
                {
                    expected.Add(new Mark(mark.Id, span));
                }

                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        return open.Count == 0
            ? new Markup(text.ToString(), expected.ToImmutable(), places.ToImmutable())
            : throw new FormatException($"The mark '{open.Peek().Id}' is never closed.");
    }
}

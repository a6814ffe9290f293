using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Contracts;

/// <summary>
/// The layout file of a project: for each type a head such as <c>Demo.Order 2: 24 bytes, 0f1e2d3c4b5a6978</c>, and indented lines below it.
/// Lines that begin with <c>#</c> are comments.
/// </summary>
internal sealed class LayoutFile
{
    public const string Name = "VmSplice.Layouts.txt";

    private static readonly Regex s_head = new(
        "^(?<type>[^ #]+) (?<version>[1-9][0-9]{0,8}): (?<size>[1-9][0-9]* bytes?|buffer), (?<fingerprint>[0-9a-f]{16})$", RegexOptions.CultureInvariant);

    private readonly ILookup<string, Place> _byType;

    private LayoutFile(ImmutableArray<Place> places, ImmutableArray<(TextSpan Line, string Problem)> problems)
    {
        Places = places;
        Problems = problems;
        _byType = places.ToLookup(place => place.Layout.Type);
    }

    /// <summary>Gets the layouts in the order of the file.</summary>
    public ImmutableArray<Place> Places { get; }

    /// <summary>Gets the lines that mean nothing.</summary>
    public ImmutableArray<(TextSpan Line, string Problem)> Problems { get; }

    public static bool IsAt(string path) => Path.GetFileName(path) == Name;

    /// <summary>What is recorded of a type.</summary>
    public IEnumerable<RecordedLayout> Of(string type) => _byType[type].Select(place => place.Layout);

    public static LayoutFile Parse(SourceText text)
    {
        var places = new List<Place>();
        var problems = new List<(TextSpan, string)>();
        var known = new HashSet<(string, int)>();
        foreach (TextLine line in text.Lines)
        {
            string content = text.ToString(line.Span).TrimEnd();
            if (content.Length == 0 || content.TrimStart()[0] == '#')
            {
                continue;
            }

            if (content[0] is ' ' or '\t')
            {
                if (places.Count > 0 && places[places.Count - 1] is var open && open.End == line.LineNumber && content.Trim().Contains(' '))
                {
                    places[places.Count - 1] = open with
                    {
                        Layout = open.Layout with { Fields = open.Layout.Fields.Add(content.Trim()) },
                        End = line.LineNumber + 1,
                    };
                    continue;
                }

                problems.Add((line.Span, "is a field without a type and version above it"));
            }
            else if (HeadIn(content) is not { } layout)
            {
                problems.Add((line.Span, "is no line of a layout file, as 'Demo.Order 1: 16 bytes, 0f1e2d3c4b5a6978' is"));
            }
            else
            {
                if (!known.Add((layout.Type, layout.Version)))
                {
                    problems.Add((line.Span, "is recorded a second time"));
                }

                places.Add(new Place(layout, line.LineNumber, line.LineNumber + 1, line.Span));
            }
        }

        return new LayoutFile([.. places], [.. problems]);
    }

    private static RecordedLayout? HeadIn(string line)
        => s_head.Match(line) is { Success: true, Groups: var groups }
            ? new RecordedLayout(
                groups["type"].Value, int.Parse(groups["version"].Value, CultureInfo.InvariantCulture), groups["size"].Value, groups["fingerprint"].Value, [])
            : null;

    /// <summary>A layout and where it stands.</summary>
    /// <param name="Start">The number of the first line, from zero.</param>
    /// <param name="End">That of the line behind the last one.</param>
    /// <param name="Head">The first line.</param>
    internal sealed record Place(RecordedLayout Layout, int Start, int End, TextSpan Head);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.CodeFixes.Raw;

/// <summary>What a raw call is given, as code that can stand beside it: segments written one by one, or a list that has to be walked.</summary>
internal sealed class GivenSegments
{
    private readonly ImmutableArray<GivenSegment> _each;
    private readonly Func<string, string, string> _walk;
    private readonly SegmentType _shape;

    private GivenSegments(SegmentType shape, ImmutableArray<GivenSegment> each, Func<string, string, string>? walk = null)
    {
        _shape = shape;
        _each = each;
        _walk = walk ?? ((_, _) => "");
    }

    private bool IsList => _each.IsEmpty;

    /// <summary>Null where the code would have to evaluate something twice that may have an effect.</summary>
    public static GivenSegments? Of(RawCall call)
    {
        IOperation operand = Operand.Unwrap(call.Segments);
        if ((SegmentType.Of(call.Segments.Type) ?? SegmentType.Of(operand.Type)) is not { } shape)
        {
            return null;
        }

        switch (operand)
        {
            case ICollectionExpressionOperation collection:
                return OfElements(collection.Elements, shape);
            case IArrayCreationOperation { Initializer: { } elements } when call.Count is null:
                return OfElements(elements.ElementValues, shape);
        }

        bool isOne = call.Count is null || Operand.Constant(Operand.Unwrap(call.Count)) == 1;
        return isOne && GivenSegment.Of(operand, shape) is { } one ? new GivenSegments(shape, [one])
            : SegmentType.Of(operand.Type) is not null && GivenSegment.CanRepeat(operand.Syntax) ? OfList(operand.Syntax.ToString(), call.Count, shape)
            : null;
    }

    /// <summary>Statements that need to stand before <paramref name="total"/>, which is how many bytes the segments have.</summary>
    public IEnumerable<string> Sum(FixSite site, SyntaxNode near, out string total)
    {
        if (!IsList)
        {
            total = _each.Length == 1 ? _each[0].Bytes : $"({string.Join(" + ", _each.Select(segment => segment.Bytes))})";
            return [];
        }

        total = site.Scope.Unused("given", site.Model, near);
        string each = site.Scope.Unused("each", site.Model, near);
        return [$"nint {total} = 0;", _walk(each, $"{total} += (nint){each}.{_shape.Length.Name};")];
    }

    /// <summary>Statements that write the bytes of every segment, or null where an address is not known as one.</summary>
    public IEnumerable<string>? Writes(string writer, FixSite site, SyntaxNode near)
    {
        if (!IsList)
        {
            return _each.All(segment => segment.Address is not null) ? _each.Select(segment => Write(segment.Address!, segment.Length)) : null;
        }

        string each = site.Scope.Unused("each", site.Model, near);
        return [_walk(each, Write($"(void*){each}.{_shape.Address.Name}", $"{each}.{_shape.Length.Name}"))];

        string Write(string address, string length) => $"{writer}.Write(new global::System.ReadOnlySpan<byte>({address}, (int){length}));";
    }

    private static GivenSegments? OfElements(ImmutableArray<IOperation> elements, SegmentType shape)
    {
        GivenSegment?[] segments = [.. elements.Select(element => GivenSegment.Of(Operand.Unwrap(element), shape))];
        return segments.Length > 0 && segments.All(segment => segment is not null) ? new GivenSegments(shape, [.. segments.Select(segment => segment!)]) : null;
    }

    private static GivenSegments? OfList(string list, IOperation? count, SegmentType shape)
    {
        if (count is null)
        {
            return new GivenSegments(shape, [], (each, body) => $"foreach (var {each} in {list}) {body}");
        }

        return GivenSegment.CanRepeat(count.Syntax)
            ? new GivenSegments(shape, [], (each, body) =>
                $"for (int {each} = 0; {each} < (int){GivenSegment.Parenthesized(count.Syntax)}; {each}++) {body.Replace(each + ".", $"{list}[{each}].")}")
            : null;
    }
}

namespace VmSplice.Generators.Model;

/// <summary>As what a segment's property shows its memory.</summary>
internal enum SegmentView
{
    /// <summary><c>ref T</c>.</summary>
    Value,

    /// <summary><c>Span&lt;T&gt;</c>, beside which stands a length where that varies.</summary>
    Span,

    /// <summary><c>TextSegment</c>: UTF-8.</summary>
    Text,

    /// <summary><c>CharSegment</c>: UTF-16.</summary>
    Characters,

    /// <summary><c>ListSegment&lt;T&gt;</c>.</summary>
    List,
}

namespace VmSplice.Analyzers.Ownership;

/// <summary>
/// The names of the runtime's members, in one place. What a member does to its arguments is not here: <see cref="SurfaceMember"/> reads
/// that off the declaration.
/// </summary>
internal static class SurfaceTable
{
    private static readonly Dictionary<string, SurfaceAction> s_pages = new(StringComparer.Ordinal)
    {
        ["Allocate"] = SurfaceAction.Allocates,
        ["Rent"] = SurfaceAction.Allocates,
        ["RentUninitialized"] = SurfaceAction.Allocates,
        ["Receive"] = SurfaceAction.Allocates,
        ["TryReceive"] = SurfaceAction.Allocates,
        ["Freeze"] = SurfaceAction.Freezes,
        ["Dispose"] = SurfaceAction.Disposes,
        ["Length"] = SurfaceAction.Measures,
        ["State"] = SurfaceAction.Identifies,
        ["Equals"] = SurfaceAction.Identifies,
        ["GetHashCode"] = SurfaceAction.Identifies,
        ["ToString"] = SurfaceAction.Identifies,
        ["GetType"] = SurfaceAction.Identifies,
    };

    /// <summary>Of a text or a list of a buffer; what is not here reads.</summary>
    private static readonly Dictionary<string, SurfaceAction> s_segmentViews = new(StringComparer.Ordinal)
    {
        ["Set"] = SurfaceAction.Writes,
        ["Append"] = SurfaceAction.Writes,
        ["Add"] = SurfaceAction.Writes,
        ["AddRange"] = SurfaceAction.Writes,
        ["Clear"] = SurfaceAction.Writes,
        ["Length"] = SurfaceAction.Measures,
        ["MaxLength"] = SurfaceAction.Measures,
        ["Count"] = SurfaceAction.Measures,
        ["IsEmpty"] = SurfaceAction.Measures,
    };

    private static readonly Dictionary<string, SurfaceAction> s_writers = new(StringComparer.Ordinal)
    {
        ["Send"] = SurfaceAction.Sends,
        ["SendAsync"] = SurfaceAction.Sends,
        ["SendAll"] = SurfaceAction.Sends,
        ["SendAllAsync"] = SurfaceAction.Sends,
        ["Gift"] = SurfaceAction.Gifts,
        ["GiftAsync"] = SurfaceAction.Gifts,
    };

    private static readonly Dictionary<string, SurfaceAction> s_recordWriters = new(StringComparer.Ordinal)
    {
        ["Next"] = SurfaceAction.HandsOut,
        ["GetSpan"] = SurfaceAction.HandsOut,
        ["GetMemory"] = SurfaceAction.HandsOut,
    };

    private static readonly Dictionary<string, SurfaceAction> s_recordReaders = new(StringComparer.Ordinal)
    {
        ["GetText"] = SurfaceAction.HandsOutMore,
        ["GetList"] = SurfaceAction.HandsOutMore,
        ["CopyTo"] = SurfaceAction.MovesOn,
        ["CopyToAsync"] = SurfaceAction.MovesOn,
    };

    /// <summary>Of record writers and readers alike, also where one is behind an interface.</summary>
    private static readonly Dictionary<string, SurfaceAction> s_records = new(StringComparer.Ordinal)
    {
        ["ReadBatch"] = SurfaceAction.HandsOut,
        ["ReadBatchAsync"] = SurfaceAction.HandsOut,
        ["GetAsyncEnumerator"] = SurfaceAction.Enumerates,
        ["MoveNextAsync"] = SurfaceAction.MovesOn,
        ["Advance"] = SurfaceAction.MovesOn,
        ["Write"] = SurfaceAction.MovesOn,
        ["WriteAsync"] = SurfaceAction.MovesOn,
        ["Flush"] = SurfaceAction.MovesOn,
        ["FlushAsync"] = SurfaceAction.MovesOn,
        ["Complete"] = SurfaceAction.Ends,
        ["CompleteAsync"] = SurfaceAction.Ends,
        ["Dispose"] = SurfaceAction.Ends,
        ["DisposeAsync"] = SurfaceAction.Ends,
    };

    /// <summary>Of a PipeWriter over a splice writer: what it hands out is the pipe's once it is flushed.</summary>
    private static readonly Dictionary<string, SurfaceAction> s_pipeWriters = new(StringComparer.Ordinal)
    {
        ["GetSpan"] = SurfaceAction.HandsOutMore,
        ["GetMemory"] = SurfaceAction.HandsOutMore,
        ["WriteAsync"] = SurfaceAction.MovesOn,
        ["FlushAsync"] = SurfaceAction.MovesOn,
        ["Complete"] = SurfaceAction.MovesOn,
        ["CompleteAsync"] = SurfaceAction.MovesOn,
    };

    /// <summary>The static method that the generator writes into a record's type.</summary>
    private const string CreateWriter = "CreateWriter";

    /// <summary>The method of a splice writer.</summary>
    private const string AsPipeWriter = "AsPipeWriter";

    /// <summary>Of a buffer, or of frozen pages.</summary>
    public static SurfaceAction OfPages(string name) => Find(s_pages, name);

    /// <summary>The length that the generator writes beside a segment: <c>CaptionLength</c> of <c>Caption</c>.</summary>
    private const string SegmentLength = "Length";

    /// <summary>Of a property of a buffer, of frozen pages, or of a spliceable buffer that the user declared.</summary>
    public static SurfaceAction OfPagesProperty(string name, bool isCount)
        => isCount && name.EndsWith(SegmentLength, StringComparison.Ordinal) ? SurfaceAction.Measures : OfPages(name);

    /// <summary>Of a text or a list of a buffer.</summary>
    public static SurfaceAction OfSegmentView(string name) => Find(s_segmentViews, name);

    /// <summary>Of what takes buffers.</summary>
    public static SurfaceAction OfWriter(string name) => Find(s_writers, name);

    /// <summary>Of a record writer or reader.</summary>
    public static SurfaceAction OfRecords(string name, bool isReader)
        => (isReader ? s_recordReaders : s_recordWriters).TryGetValue(name, out SurfaceAction action) ? action : Find(s_records, name);

    /// <summary>Of a PipeWriter over a splice writer.</summary>
    public static SurfaceAction OfPipeWriter(string name) => Find(s_pipeWriters, name);

    /// <summary>Of a method that returns a writer or reader.</summary>
    public static SurfaceAction OfFactory(string name)
        => name == CreateWriter ? SurfaceAction.MakesWriter : name == AsPipeWriter ? SurfaceAction.MakesPipeWriter : SurfaceAction.None;

    private static SurfaceAction Find(Dictionary<string, SurfaceAction> table, string name)
        => table.TryGetValue(name, out SurfaceAction action) ? action : SurfaceAction.None;
}

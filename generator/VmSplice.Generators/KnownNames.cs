namespace VmSplice.Generators;

/// <summary>Full metadata names of the runtime's types that the generator and the contract rules look for.</summary>
internal static class KnownNames
{
    public const string SpliceableAttribute = "VmSplice.SpliceableAttribute";
    public const string SegmentAttribute = "VmSplice.SegmentAttribute";
    public const string OpenEnumAttribute = "VmSplice.OpenEnumAttribute";
    public const string FixedTextAttribute = "VmSplice.FixedTextAttribute";
    public const string SinceAttribute = "VmSplice.SinceAttribute";
    public const string Text = "VmSplice.SpliceText";
    public const string List = "VmSplice.SpliceList`1";
    public const string TextSegment = "VmSplice.TextSegment";
    public const string CharSegment = "VmSplice.CharSegment";
    public const string ListSegment = "VmSplice.ListSegment`1";
    public const string SpliceableInterface = "VmSplice.ISpliceable`1";
    public const string BufferInterface = "VmSplice.ISpliceableBuffer`1";
}

namespace VmSplice.TestChild;

/// <summary>A number and a text.</summary>
[Spliceable]
internal partial struct Remark
{
    public long Number;
    public SpliceText Text;
}

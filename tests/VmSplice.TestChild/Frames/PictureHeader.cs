namespace VmSplice.TestChild;

/// <summary>What is known of a picture beside its pixels.</summary>
[Spliceable]
internal partial struct PictureHeader
{
    internal long Number;
    internal int Width;
    internal int Height;
    internal Transport Transport;
    internal bool IsKey;
    internal ushort Quality;
    internal int Reserved;
}

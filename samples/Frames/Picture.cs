using VmSplice;

namespace Frames;

/// <summary>A frame: its pixels lie on pages of their own, and are moved into the pipe by the send.</summary>
[Spliceable]
internal sealed partial class Picture
{
    public const int Width = 1280;
    public const int Height = 720;

    /// <summary>Blue, green, red and nothing: what ffmpeg calls bgr0.</summary>
    [Segment(Length = Width * Height)] public partial Span<int> Pixels { get; }
}

using VmSplice;

using SplicePipe pipe = SplicePipe.Create();
using SpliceWriter writer = pipe.OpenWriter();

Frame frame = Frame.Rent(writer);
frame.Caption.Fill(1);
frame.CaptionLength = 3;
writer.Send(frame);

using Names names = Names.Rent(writer);
writer.Send(names);

/// <summary>Declarations, in which an error of the compiler's would end the build before the rules run.</summary>
internal sealed class Ticker(RecordWriter<Tick> outgoing)
{
    public static Ticker Create(SpliceWriter writer) => new(Tick.CreateWriter(writer));

    public void Send() => outgoing.Next().Id = 1;
}

[Spliceable]
public sealed partial class Frame
{
    [Segment] public partial Span<byte> Pixels { get; }
    [Segment(MaxLength = 80)] public partial Span<byte> Caption { get; }
}

[Spliceable]
public sealed partial class Names
{
    [Segment(Length = 4)] public partial Span<string> All { get; }
}

[Spliceable]
public partial struct Tick
{
    public byte Tag;
    public int Id;
}

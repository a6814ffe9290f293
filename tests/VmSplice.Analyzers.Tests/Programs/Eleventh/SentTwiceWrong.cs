namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Buffers that are sent twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FanOut"] = """
            namespace Chat;

            public sealed class Room
            {
                private readonly List<SpliceWriter> _members = [];

                public void Join(SpliceWriter member) => _members.Add(member);

                public void Say(SpliceWriter origin, ReadOnlySpan<byte> message)
                {
                    using PageBuffer<byte> buffer = origin.Rent<byte>(message.Length);
                    message.CopyTo(buffer.Span);
                    foreach (SpliceWriter member in _members)
                    {
                        member.Send(buffer); //~VMS2008
                    }
                }
            }
            """,
        ["GatherAndArchive"] = """
            namespace Pacs;

            public sealed class StudySender(SpliceWriter viewer, SpliceWriter archive)
            {
                public void Send(ReadOnlySpan<long> offsets, ReadOnlySpan<byte> image)
                {
                    PageBuffer<long> index = viewer.Rent<long>(offsets.Length);
                    offsets.CopyTo(index.Span);
                    PageBuffer<byte> body = viewer.Rent<byte>(image.Length);
                    image.CopyTo(body.Span);

                    using (SpliceGather study = viewer.CreateGather())
                    {
                        study.Add(index);
                        study.Add(body);
                        study.Send();
                    }

                    archive.Send(body); //~VMS2008
                }
            }
            """,
    };
}

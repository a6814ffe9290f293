namespace VmSplice.Analyzers.Tests.Programs.Sixth;

/// <summary>Annotations that the body breaks.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BorrowedBufferSentByLogger"] = """
            public interface IInspector
            {
                void Inspect([Borrows] PageBuffer<byte> packet);
            }

            public sealed class Mirror(SpliceWriter tap) : IInspector
            {
                public int Seen { get; private set; }

                public void Inspect([Borrows] PageBuffer<byte> packet) //~VMS2011
                {
                    Seen += packet.Length;
                    tap.Send(packet);
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Annotations that the body breaks.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["BorrowingCacheFreezes"] = """
            public interface IPageCache
            {
                FrozenPages<byte> Snapshot([Borrows] PageBuffer<byte> page);
            }

            public sealed class SharingCache : IPageCache
            {
                public FrozenPages<byte> Snapshot([Borrows] PageBuffer<byte> page) => page.Freeze(); //~VMS2011
            }

            public sealed class CopyingCache : IPageCache
            {
                public FrozenPages<byte> Snapshot([Borrows] PageBuffer<byte> page)
                {
                    PageBuffer<byte> copy = PageBuffer<byte>.Allocate(page.Length);
                    page.Span.CopyTo(copy.Span);
                    return copy.Freeze();
                }
            }
            """,
        ["ConsumingSamplerDropsMost"] = """
            public sealed class TraceSampler(SpliceWriter collector, int oneIn)
            {
                private int _seen;

                public int Dropped { get; private set; }

                public void Offer([Consumes] PageBuffer<byte> trace) //~VMS2011
                {
                    if (_seen++ % oneIn != 0)
                    {
                        Dropped++;
                        return;
                    }

                    collector.Send(trace);
                }
            }
            """,
        ["ConsumesPromisedButTooLongIsKept"] = """
            public sealed class BoundedSender
            {
                private readonly SpliceWriter _pipe;
                private readonly int _limit;
                private long _sent;

                public BoundedSender(SpliceWriter pipe, int limit) => (_pipe, _limit) = (pipe, limit);

                public bool TryPost([Consumes] PageBuffer<byte> message) //~VMS2011
                {
                    if (message.Length > _limit)
                    {
                        return false;
                    }

                    _pipe.Send(message);
                    _sent += message.Length;
                    return true;
                }
            }
            """,
    };
}

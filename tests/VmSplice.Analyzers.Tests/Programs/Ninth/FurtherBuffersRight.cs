namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers that are written, sent or disposed as they should be.</summary>
internal sealed class FurtherBuffersRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["StateAwareRouter"] = """
            public enum Route { Fast, Slow, Hold }

            public interface IPolicy
            {
                Route Choose(ReadOnlySpan<byte> head);
            }

            public sealed class StateAwareRouter(SpliceWriter fast, SpliceWriter slow, IPolicy policy)
            {
                public int Held { get; private set; }

                public void Forward(PageBuffer<byte> message)
                {
                    switch (policy.Choose(message.Span[..Math.Min(16, message.Length)]))
                    {
                        case Route.Fast:
                            fast.Send(message);
                            break;
                        case Route.Slow when message.Length > 4096:
                            slow.Send(message);
                            break;
                        default:
                            Held++;
                            break;
                    }

                    if (message.State == PageBufferState.Owned)
                    {
                        message.Span[0] = 0xFF;
                        slow.Send(message);
                    }
                }
            }
            """,
    };
}

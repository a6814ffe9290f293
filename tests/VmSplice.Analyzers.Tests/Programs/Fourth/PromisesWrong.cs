namespace VmSplice.Analyzers.Tests.Programs.Fourth;

/// <summary>Annotations that the body breaks.</summary>
internal sealed class PromisesWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConsumesAnnotationForgetsEmptyPath"] = """
            public sealed class Outlet(SpliceWriter pipe)
            {
                private int _skipped;

                public void Post([Consumes] PageBuffer<byte> page, int used) //~VMS2011
                {
                    if (used == 0)
                    {
                        _skipped++;
                        return;
                    }

                    pipe.Send(page, used);
                }

                public int Skipped => _skipped;
            }
            """,
        ["ConsumesButReturnsEarly"] = """
            public interface IOutlet
            {
                void Ship([Consumes] PageBuffer<byte> buffer, int length);
            }

            public sealed class PipeOutlet(SpliceWriter pipe) : IOutlet
            {
                private bool _closed;

                public void Close() => _closed = true;

                public void Ship([Consumes] PageBuffer<byte> buffer, int length) //~VMS2011
                {
                    if (_closed || length == 0)
                    {
                        return;
                    }

                    pipe.Send(buffer, Math.Min(length, buffer.Length));
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Buffers that are sent twice.</summary>
internal sealed class SentTwiceWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ResilientSender"] = """
            public sealed class ResilientSender : IDisposable
            {
                private readonly Func<SpliceWriter> _connect;
                private readonly int _attempts;
                private SpliceWriter _pipe;

                public ResilientSender(Func<SpliceWriter> connect, int attempts)
                {
                    (_connect, _attempts) = (connect, attempts);
                    _pipe = connect();
                }

                public bool TrySend(PageBuffer<byte> message)
                {
                    for (int attempt = 1; attempt <= _attempts; attempt++)
                    {
                        try
                        {
                            _pipe.Send(message); //~VMS2008
                            return true;
                        }
                        catch (IOException)
                        {
                            _pipe.Dispose();
                            _pipe = _connect();
                        }
                    }

                    return false;
                }

                public void Dispose() => _pipe.Dispose();
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Ninth;

/// <summary>Pages that are frozen and sent often.</summary>
internal sealed class FrozenRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CachedResponses"] = """
            public interface IContentSource
            {
                byte[] Load(string path);
            }

            public sealed class CachedResponses(SpliceWriter pages, IContentSource content) : IDisposable
            {
                private readonly Dictionary<string, FrozenPages<byte>> _cache = new(StringComparer.Ordinal);

                public int Serve(string path, SpliceWriter client)
                {
                    if (!_cache.TryGetValue(path, out var response))
                    {
                        byte[] loaded = content.Load(path);
                        PageBuffer<byte> page = pages.Rent<byte>(loaded.Length);
                        loaded.CopyTo(page.Span);
                        response = page.Freeze();
                        _cache.Add(path, response);
                    }

                    client.Send(response);
                    return response.Span.IndexOf("\r\n\r\n"u8);
                }

                public void Dispose()
                {
                    foreach (FrozenPages<byte> response in _cache.Values)
                    {
                        response.Dispose();
                    }

                    _cache.Clear();
                }
            }
            """,
        ["ConfigurationFanout"] = """
            public sealed class ConfigurationFanout(IReadOnlyDictionary<string, SpliceWriter> nodes)
            {
                public (int Lines, List<string> Failed) Publish(PageBuffer<byte> configuration)
                {
                    ReadOnlySpan<byte> text = configuration.Span;
                    List<string> failed = [];
                    using FrozenPages<byte> pages = configuration.Freeze();
                    foreach ((string name, SpliceWriter node) in nodes)
                    {
                        try
                        {
                            node.Send(pages);
                        }
                        catch (BrokenPipeException)
                        {
                            failed.Add(name);
                        }
                    }

                    int lines = 0;
                    foreach (byte b in text)
                    {
                        lines += b == '\n' ? 1 : 0;
                    }

                    return (lines, failed);
                }
            }
            """,
        ["PreambleGather"] = """
            public sealed class PreambleGather : IDisposable
            {
                private readonly SpliceWriter _pipe;
                private readonly FrozenPages<byte> _preamble;

                public PreambleGather(SpliceWriter pipe, ReadOnlySpan<byte> preamble)
                {
                    _pipe = pipe;
                    PageBuffer<byte> page = pipe.Rent<byte>(preamble.Length);
                    preamble.CopyTo(page.Span);
                    _preamble = page.Freeze();
                }

                public async Task SendAsync(IEnumerable<byte[]> bodies, CancellationToken cancellation)
                {
                    using SpliceGather gather = _pipe.CreateGather();
                    foreach (byte[] body in bodies)
                    {
                        PageBuffer<int> index = _pipe.Rent<int>(1);
                        PageBuffer<byte> content = _pipe.Rent<byte>(body.Length);
                        index[0] = body.Length;
                        body.CopyTo(content.Span);
                        gather.Add(_preamble);
                        gather.Add(index);
                        gather.Add(content);
                        await gather.SendAsync(cancellation);
                    }
                }

                public void Dispose() => _preamble.Dispose();
            }
            """,
    };
}

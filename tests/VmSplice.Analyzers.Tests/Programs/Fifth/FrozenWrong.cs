namespace VmSplice.Analyzers.Tests.Programs.Fifth;

/// <summary>Frozen pages written.</summary>
internal sealed class FrozenWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FrozenBannerNumberedInPlace"] = """
            using System.Buffers.Binary;

            public static unsafe class KeepAlive
            {
                public static void Run(SpliceWriter pipe, int rounds)
                {
                    PageBuffer<long> draft = PageBuffer<long>.Allocate(2);
                    draft[1] = 0x4B454550414C4956;
                    using FrozenPages<long> beat = draft.Freeze();
                    long* words = (long*)beat.Address;
                    for (int i = 0; i < rounds; i++)
                    {
                        *words = i; //~VMS2012
                        pipe.Send(beat);
                    }
                }
            }
            """,
        ["VersionStampedIntoFrozenTemplate"] = """
            public sealed class TemplateServer : IDisposable
            {
                private readonly FrozenPages<int> _template;

                public TemplateServer(ReadOnlySpan<int> content)
                {
                    PageBuffer<int> buffer = PageBuffer<int>.Allocate(content.Length + 1);
                    content.CopyTo(buffer.Span[1..]);
                    _template = buffer.Freeze();
                }

                public void Serve(SpliceWriter client, int version)
                {
                    ref int stamp = ref MemoryMarshal.GetReference(_template.Span);
                    stamp = version; //~VMS2012
                    client.Send(_template);
                }

                public void Dispose() => _template.Dispose();
            }
            """,
    };
}

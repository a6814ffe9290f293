namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>The raw call, and right.</summary>
internal sealed class MoreRawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TapByTee"] = """
            // Audio: two pipes; the one that is teed has an unknown reader, the other one a copying reader.
            public sealed unsafe class TapByTee : IDisposable
            {
                private readonly SplicePipe _tapped = SplicePipe.Create();
                private readonly SplicePipe _plain = SplicePipe.Create();
                private readonly SpliceWriter _music;
                private readonly SpliceWriter _meter;

                public TapByTee()
                {
                    _music = _tapped.OpenWriter(new() { Reader = PipeReaderKind.Unknown });
                    _meter = _plain.OpenWriter(new() { Reader = PipeReaderKind.Copying });
                }

                public void Play(ReadOnlySpan<float> samples)
                {
                    PageBuffer<float> block = _music.Rent<float>(samples.Length);
                    samples.CopyTo(block.Span);
                    _music.Send(block);
                    _meter.Write<float>(samples[..Math.Min(1, samples.Length)]);
                }

                public nint Record(int tap, int atMost)
                    => tee((int)_tapped.ReadHandle.DangerousGetHandle(), tap, (nuint)atMost, 0);

                public void Dispose()
                {
                    _music.Dispose();
                    _meter.Dispose();
                    _tapped.Dispose();
                    _plain.Dispose();
                }

                [DllImport("libc", SetLastError = true)]
                private static extern nint tee(int from, int to, nuint length, uint flags);
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Memory that may have been given away, on some path or by another name.</summary>
internal sealed class MorePathsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["SpectrumReader"] = """
            // Astronomy: compares the first spectrum of a night with the second batch.
            [Spliceable]
            public partial struct Spectrum { public long Exposure; public SpliceList<double> Flux; }

            public static class SpectrumReader
            {
                public static double Drift(SpliceReader pipe)
                {
                    using var reader = new RecordReader<Spectrum>(pipe);
                    ReadOnlySpan<Spectrum> reference = reader.ReadBatch();
                    if (reference.IsEmpty)
                    {
                        return 0;
                    }

                    long exposure = reference[0].Exposure;
                    ReadOnlySpan<double> flux = reader.GetList(reference[0].Flux);
                    double worst = 0;
                    ReadOnlySpan<Spectrum> batch = reader.ReadBatch();
                    for (int i = 0; i < batch.Length; i++)
                    {
                        ReadOnlySpan<double> other = reader.GetList(batch[i].Flux);
                        worst = Math.Max(worst, Distance(flux, other)); //~VMS2004
                    }

                    return exposure == 0 ? worst : worst / exposure;
                }

                private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
                {
                    double sum = 0;
                    for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
                    {
                        sum += (a[i] - b[i]) * (a[i] - b[i]);
                    }

                    return Math.Sqrt(sum);
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Eighth;

/// <summary>Pipes, links and processes, and right.</summary>
internal sealed class ProcessesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AudioNormalizer"] = """
            // Audio: scales a block to its loudest sample before it leaves.
            public sealed class AudioNormalizer(SpliceWriter output)
            {
                private const int BlockSize = 8192;

                public float Process(ReadOnlySpan<float> input)
                {
                    if (input.IsEmpty)
                    {
                        return 0;
                    }

                    PageBuffer<float> block = output.Rent<float>(BlockSize);
                    Span<float> samples = block.Span[..Math.Min(input.Length, BlockSize)];
                    input[..samples.Length].CopyTo(samples);
                    ref float peak = ref LoudestOf(samples);
                    float gain = peak == 0 ? 1 : 1 / MathF.Abs(peak);
                    foreach (ref float sample in samples)
                    {
                        sample *= gain;
                    }

                    peak = MathF.Sign(peak);
                    int count = samples.Length;
                    output.Send(block, count);
                    samples = default;
                    return gain * (samples.IsEmpty ? count : 0);
                }

                private static ref float LoudestOf(Span<float> samples)
                {
                    int best = 0;
                    for (int i = 1; i < samples.Length; i++)
                    {
                        best = MathF.Abs(samples[i]) > MathF.Abs(samples[best]) ? i : best;
                    }

                    return ref samples[best];
                }
            }
            """,
        ["CommandChannel"] = """
            // Supervisors: the ends are not mixed up, and the child is waited for behind the writer's end.
            public sealed class CommandChannel : IDisposable
            {
                private readonly AnonymousPipeServerStream _commands = new(PipeDirection.Out, HandleInheritability.Inheritable);
                private readonly AnonymousPipeServerStream _reports = new(PipeDirection.In, HandleInheritability.Inheritable);

                public int Command(ProcessStartInfo start, IEnumerable<byte[]> commands)
                {
                    start.ArgumentList.Add(_commands.GetClientHandleAsString());
                    start.ArgumentList.Add(_reports.GetClientHandleAsString());
                    using Process child = Process.Start(start)!;
                    _commands.DisposeLocalCopyOfClientHandle();
                    _reports.DisposeLocalCopyOfClientHandle();
                    using (SpliceWriter writer = SpliceWriter.Open(_commands))
                    {
                        foreach (byte[] command in commands)
                        {
                            writer.Write<byte>(command);
                        }
                    }

                    int first = _reports.ReadByte();
                    child.WaitForExit();
                    return first;
                }

                public void Dispose()
                {
                    _commands.Dispose();
                    _reports.Dispose();
                }
            }
            """,
    };
}

namespace VmSplice.Analyzers.Tests.Programs.Tenth;

/// <summary>Buffers with segments, used as they should be.</summary>
internal sealed class FramesRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ModuleFiles"] = """
            namespace Toolchain.Linker;

            [Spliceable]
            public partial struct Export
            {
                public long Address;
                public int Size;
                public int Section;
            }

            [Spliceable]
            public sealed partial class ModuleFile
            {
                [Segment(MaxLength = 1024)] public partial TextSegment Source { get; }
                [Segment(MaxLength = 100_000)] public partial ListSegment<Export> Exports { get; }
            }

            public sealed class ModuleFiles(SpliceWriter linker, TextWriter log)
            {
                public void Emit(string source, ReadOnlySpan<(long Address, int Size, int Section)> symbols)
                {
                    ModuleFile file = ModuleFile.Rent(linker);
                    TextSegment name = file.Source;
                    name.Set(source);
                    ListSegment<Export> exports = file.Exports;
                    foreach ((long address, int size, int section) in symbols)
                    {
                        if (size != 0)
                        {
                            ref Export export = ref exports.Add();
                            export.Address = address;
                            export.Size = size;
                            export.Section = section;
                        }
                    }

                    string message = $"{name.ToString()}: ";
                    linker.Send(file);
                    log.WriteLine(message + exports.Count + " of " + symbols.Length);
                }
            }
            """,
    };
}

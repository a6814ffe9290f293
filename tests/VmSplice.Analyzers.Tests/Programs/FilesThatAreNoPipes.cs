namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>A path that surely names a file reaches the opening through variables and fields. One that may name a FIFO is silent.</summary>
internal sealed class FilesThatAreNoPipes : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TemporaryNameInField"] = """
            sealed class Export
            {
                private readonly string _path = Path.GetTempFileName();

                public void Write()
                {
                    using FileStream file = File.Open(_path, FileMode.Open, FileAccess.Write);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle); //~VMS4003
                }
            }
            """,
        ["TemporaryNameInLocal"] = """
            static class P
            {
                static void Write()
                {
                    string path = Path.GetTempFileName();
                    using FileStream file = File.OpenWrite(path);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle); //~VMS4003
                }
            }
            """,
        ["LiteralInStaticField"] = """
            static class P
            {
                private static readonly string s_path = "/var/lib/ticks/today.bin";

                static void Write()
                {
                    using SpliceWriter writer = SpliceWriter.Open(File.OpenHandle(s_path, FileMode.Append, FileAccess.Write)); //~VMS4003
                }
            }
            """,
        ["LiteralInLocal"] = """
            static class P
            {
                static void Write()
                {
                    string name = "ticks.log";
                    using var file = new FileStream(name, FileMode.OpenOrCreate);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle); //~VMS4003
                }
            }
            """,
        ["NewFileByModeInLocal"] = """
            static class P
            {
                static void Write(string path)
                {
                    FileMode mode = FileMode.CreateNew;
                    using FileStream file = File.Open(path, mode);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle); //~VMS4003
                }
            }
            """,
        ["FromHelper"] = """
            static class P
            {
                private static string Scratch() => Path.GetTempFileName();

                static void Write()
                {
                    using FileStream file = File.OpenWrite(Scratch());
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle); //~VMS4003
                }
            }
            """,
        ["FifoAtTemporaryName"] = """
            static class P
            {
                [DllImport("libc", SetLastError = true)]
                private static extern int mkfifo(string path, uint mode);

                static void Write()
                {
                    string path = Path.GetTempFileName();
                    File.Delete(path);
                    if (mkfifo(path, 384) == 0)
                    {
                        using FileStream file = File.OpenWrite(path);
                        using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle);
                    }
                }
            }
            """,
        ["FieldIsSetByTheCaller"] = """
            sealed class Export(string path)
            {
                private string _path = Path.GetTempFileName();
                public void MoveTo(string other) => _path = other;

                public void Write()
                {
                    using FileStream file = File.OpenWrite(_path);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle);
                    Console.WriteLine(path);
                }
            }
            """,
        ["LocalIsReplaced"] = """
            static class P
            {
                static void Write(string? fifo)
                {
                    string path = "ticks.bin";
                    if (fifo is not null)
                    {
                        path = fifo;
                    }

                    using FileStream file = File.OpenWrite(path);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle);
                }
            }
            """,
        ["NameWithoutExtension"] = """
            sealed class Export
            {
                private readonly string _path = Path.Combine(Path.GetTempPath(), "ticks");

                public void Write()
                {
                    using FileStream file = File.OpenWrite(_path);
                    using SpliceWriter writer = SpliceWriter.Open(file.SafeFileHandle);
                }
            }
            """,
    };
}

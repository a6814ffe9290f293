namespace VmSplice.Benchmarks.Harness;

/// <summary>A folder for FIFOs and programs, gone when this process ends.</summary>
internal static class Scratch
{
    private static readonly Lazy<string> s_folder = new(Create);
    private static int s_count;

    public static string Folder => s_folder.Value;

    /// <summary>Gets a name in the folder that nothing has yet.</summary>
    public static string NextName(string kind) => Path.Combine(Folder, $"{kind}{Interlocked.Increment(ref s_count)}");

    private static string Create()
    {
        string folder = Directory.CreateTempSubdirectory("vmsplice-benchmarks-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // A worker that was killed holds something still; the system's clean-up takes it.
            }
        };
        return folder;
    }
}

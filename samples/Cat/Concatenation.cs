using VmSplice;

namespace Cat;

/// <summary>Passes files on, one after the other. One that cannot be read is named, and the next one comes.</summary>
internal static class Concatenation
{
    public const string StandardInput = "-";

    /// <summary>Bytes a send. A power of two of pages, so that the blocks fill the writer's huge pages.</summary>
    private const int ChunkLength = 256 * 1024;

    public static int Write(SpliceWriter output, IEnumerable<string> files)
    {
        int exitCode = 0;
        foreach (string file in files)
        {
            try
            {
                if (file == StandardInput)
                {
                    ForwardStandardInput(output);
                    continue;
                }

                using FileStream source = Open(file);
                Pass(source, output);
            }
            catch (Exception e) when (e is IOException and not SystemCallException or UnauthorizedAccessException)
            {
                exitCode = Output.Complain(file, Reason(e, file));
            }
        }

        return exitCode;
    }

    /// <summary>
    /// One copy, from the kernel's cache straight into pages that then move on. splice(2) would save that one too, but it
    /// hands out the cache itself: who overwrites the file before the reader got there changes what it reads.
    /// </summary>
    private static void Pass(FileStream source, SpliceWriter output)
    {
        while (true)
        {
            using PageBuffer<byte> buffer = output.Rent<byte>(ChunkLength);
            int read = source.Read(buffer.Span);
            if (read == 0)
            {
                return;
            }

            output.Send(buffer, read);
        }
    }

    /// <summary>
    /// Passes standard input on, whatever it is. Nothing is known of who sends: it may be pv, which hands out the pages of
    /// a file. So nothing is said of the sender, and what goes to a pipe is copied.
    /// </summary>
    private static void ForwardStandardInput(SpliceWriter output)
    {
        using SpliceReader input = SpliceReader.OpenStandardInput(new() { LeaveOpen = true });
        input.Forward(output);
    }

    private static FileStream Open(string file)
    {
        // FileStream would speak of denied access.
        if (Directory.Exists(file))
        {
            throw new IOException("Is a directory");
        }

        // No lock (FileShare), no second buffer.
        return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
    }

    private static string Reason(Exception e, string file) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
        UnauthorizedAccessException => "Permission denied",
        _ => e.Message.Replace($" : '{Path.GetFullPath(file)}'", "", StringComparison.Ordinal),
    };
}

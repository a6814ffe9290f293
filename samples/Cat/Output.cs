using System.Runtime.InteropServices;
using VmSplice;

namespace Cat;

/// <summary>Standard output, and how a command ends whose output does.</summary>
internal static class Output
{
    // What a shell reports of a program that SIGPIPE killed, which .NET ignores: 128 + 13.
    private const int ReaderLeft = 141;

    private const int BrokenPipe = 32;

    public static int Run(Func<SpliceWriter, int> write)
    {
        try
        {
            // Nothing is known of the reader: pv splices, and so do cat and tee of uutils. So the default policy.
            using SpliceWriter output = SpliceWriter.OpenStandardOutput();
            return write(output);
        }
        catch (SystemCallException e) when (e.ErrorNumber == BrokenPipe)
        {
            // `vmcat big | head`: nobody wants the rest, and nobody wants to hear of it.
            return ReaderLeft;
        }
        catch (SystemCallException e)
        {
            return Complain("write error", Marshal.GetPInvokeErrorMessage(e.ErrorNumber));
        }
    }

    /// <summary>Says what is wrong with what, as cat does, and returns the exit code that goes with it.</summary>
    public static int Complain(string subject, string message)
    {
        Console.Error.WriteLine($"vmcat: {subject}: {message}");
        return 1;
    }
}

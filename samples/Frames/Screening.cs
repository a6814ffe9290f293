using System.Diagnostics;
using VmSplice;

namespace Frames;

/// <summary>One run of one reader: how long it took from its start to its end, and what it said.</summary>
/// <param name="FramesPerSecond">Drawing, sending and reading together.</param>
/// <param name="Output">What the reader printed.</param>
internal sealed record Screening(double FramesPerSecond, string Output)
{
    /// <summary>The frames are moved into the reader's standard input.</summary>
    /// <param name="reader">The command.</param>
    /// <param name="frames">How many.</param>
    /// <param name="framed">Whether the reader is one of ours; any other gets the pixels alone.</param>
    public static Screening Move(ProcessStartInfo reader, int frames, bool framed) => Run(reader, frames, child =>
    {
        // Both readers copy out of the pipe: ffmpeg calls read(2), and ours keeps to it.
        using SpliceWriter pipe = SpliceWriter.OpenChildInput(child, new() { Reader = PipeReaderKind.Copying, Framed = framed });
        Reel.Move(pipe, frames);
        if (framed)
        {
            pipe.CompleteBuffers();
        }
    });

    /// <summary>The frames are written into the reader's standard input.</summary>
    /// <inheritdoc cref="Move"/>
    public static Screening Write(ProcessStartInfo reader, int frames) => Run(reader, frames, child =>
    {
        using Stream pipe = child.StandardInput.BaseStream;
        Reel.Write(pipe, frames);
    });

    private static Screening Run(ProcessStartInfo reader, int frames, Action<Process> send)
    {
        reader.RedirectStandardInput = reader.RedirectStandardOutput = true;
        long start = Stopwatch.GetTimestamp();
        using Process child = Process.Start(reader)!;
        send(child);
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return child.ExitCode == 0
            ? new Screening(frames / seconds, output.Trim())
            : throw new InvalidOperationException($"{reader.FileName} ended with exit code {child.ExitCode}.");
    }
}

namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Raw calls that are right.</summary>
internal sealed class MoreRawCallsRight : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ChildPipe"] = """
            using System.Diagnostics;
            using System.IO.Pipes;

            public static class ChildFeeder
            {
                public static int Feed(string program, ReadOnlySpan<byte> work)
                {
                    using var pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
                    var start = new ProcessStartInfo(program, [pipe.GetClientHandleAsString()]) { UseShellExecute = false };
                    using Process child = Process.Start(start)!;
                    pipe.DisposeLocalCopyOfClientHandle();
                    using (SpliceWriter writer = SpliceWriter.Open(pipe))
                    {
                        writer.Write(work);
                    }

                    child.WaitForExit();
                    return child.ExitCode;
                }

                public static nint Peek(SplicePipe pipe, PageBuffer<byte> into)
                {
                    // On the read end the same call receives.
                    return RawPipe.VmSplice(pipe.ReadHandle, new IoVec(into.Address, (nuint)into.Length), SpliceFlags.None);
                }
            }
            """,
        ["Urgent"] = """
            using System.Runtime.InteropServices;

            public static unsafe class UrgentSender
            {
                /// <summary>How many bytes were taken; the caller goes on behind them.</summary>
                public static nint TrySend(SafeHandle pipe, byte* data, nuint length, bool urgent)
                {
                    if (length == 0)
                    {
                        return 0;
                    }

                    SpliceFlags flags = urgent switch
                    {
                        true => SpliceFlags.NonBlocking,
                        false => SpliceFlags.None,
                    };
                    nint taken = RawPipe.VmSplice(pipe, new IoVec(data, length), flags);
                    return taken == 0 && !urgent ? throw new EndOfStreamException() : taken;
                }
            }
            """,
        ["ErrorNumber"] = """
            using System.Runtime.InteropServices;

            public unsafe struct NativeVector
            {
                public void* Base;
                public nuint Length;
            }

            public static unsafe class NativeSender
            {
                [DllImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
                private static extern nint VmSpliceNative(int fd, NativeVector* segments, nuint count, uint flags);

                /// <summary>How much is left. The memory is the caller's, and stays as it is.</summary>
                public static nuint Send(int fd, byte* data, nuint length, TextWriter log)
                {
                    NativeVector segment = new() { Base = data, Length = length };
                    nint taken = VmSpliceNative(fd, &segment, 1, 0);
                    int error = taken < 0 ? Marshal.GetLastPInvokeError() : 0;
                    if (error != 0)
                    {
                        log.WriteLine($"vmsplice to {fd} failed: {error}");
                        log.Flush();
                        throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
                    }

                    return length - (nuint)taken;
                }
            }
            """,
    };
}

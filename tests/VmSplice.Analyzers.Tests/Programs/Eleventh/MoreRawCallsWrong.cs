namespace VmSplice.Analyzers.Tests.Programs.Eleventh;

/// <summary>Raw calls with wrong segments, descriptors, flags or results.</summary>
internal sealed class MoreRawCallsWrong : IPrograms
{
    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CaptureFile"] = """
            using Microsoft.Win32.SafeHandles;

            public static class CaptureTool
            {
                public static void Save(string folder, ReadOnlySpan<byte> capture)
                {
                    string path = Path.Combine(folder, $"{DateTime.UtcNow:yyyyMMddHHmmss}.cap");
                    SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
                    using SpliceWriter output = SpliceWriter.Open(file); //~VMS4003
                    output.Write(capture);
                }

                public static void Append(string path, byte[] capture)
                {
                    using FileStream file = new(path, FileMode.Append);
                    file.Write(capture);
                }
            }
            """,
        ["ChildPipe"] = """
            using System.Diagnostics;
            using System.IO.Pipes;

            public static class ChildFeeder
            {
                public static void Feed(string program, ReadOnlySpan<byte> work)
                {
                    using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
                    var start = new ProcessStartInfo(program, [pipe.GetClientHandleAsString()]) { UseShellExecute = false };
                    using Process child = Process.Start(start)!;
                    pipe.DisposeLocalCopyOfClientHandle();
                    using (SpliceWriter writer = SpliceWriter.Open(pipe)) //~VMS4004
                    {
                        writer.Write(work);
                    }

                    child.WaitForExit();
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

                    IoVec segment = new(data, length);
                    return RawPipe.VmSplice(pipe, segment, urgent ? SpliceFlags.NonBlocking : SpliceFlags.Move); //~VMS4005
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

                public static nuint Send(int fd, byte* data, nuint length, TextWriter log)
                {
                    NativeVector segment = new() { Base = data, Length = length };
                    nint taken = VmSpliceNative(fd, &segment, 1, 0);
                    if (taken < 0)
                    {
                        log.WriteLine($"vmsplice to {fd} failed");
                        log.Flush();
                        throw new IOException("vmsplice", Marshal.GetLastPInvokeError()); //~VMS4007
                    }

                    return length - (nuint)taken;
                }
            }
            """,
    };
}

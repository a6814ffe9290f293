namespace VmSplice.Analyzers.Tests.Raw;

/// <content>Which descriptor, which end, and where the bytes go from there.</content>
public sealed partial class CorrectUsageTests
{
    private static KeyValuePair<string, string>[] Pipes =>
    [
        new("receive into a page buffer", """
            static nint Receive(SplicePipe pipe)
            {
                var b = PageBuffer<byte>.Allocate(65536);
                return RawPipe.VmSplice(pipe.ReadHandle, new IoVec(b.Address, (nuint)b.Length), SpliceFlags.None);
            }
            """),
        new("receive and scatter", """
            static void Receive(int fd, byte* header, byte* body)
            {
                iovec* v = stackalloc iovec[2];
                v[0].iov_base = header; v[0].iov_len = 16;
                v[1].iov_base = body; v[1].iov_len = 4080;
                nint n = Libc.vmsplice(fd, v, 2, 0);
                if (n != 4096) throw new IOException();
            }
            """),
        new("pipe(2) write end", """
            static void Send(byte* p)
            {
                int* fds = stackalloc int[2];
                if (Libc.pipe(fds) < 0) throw new IOException("pipe", Marshal.GetLastPInvokeError());
                iovec v = new iovec { iov_base = p, iov_len = 100 };
                nint n = Libc.vmsplice(fds[1], &v, 1, 0);
                if (n != 100) throw new IOException();
            }
            """),
        new("anonymous pipe server", """
            static void Send(byte* p)
            {
                using var server = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
                nint n = RawPipe.VmSplice(server.SafePipeHandle, new IoVec(p, 64), SpliceFlags.None);
                if (n != 64) throw new IOException();
            }
            """),
        new("anonymous pipe client", """
            static void Send(string handle, byte* p)
            {
                using var client = new AnonymousPipeClientStream(PipeDirection.Out, handle);
                if (RawPipe.VmSplice(client.SafePipeHandle, new IoVec(p, 64), SpliceFlags.None) != 64) throw new IOException();
            }
            """),
        new("standard output", """
            static void Send(byte* p)
            {
                using var output = new SafeFileHandle(1, ownsHandle: false);
                if (RawPipe.VmSplice(output, new IoVec(p, 64), SpliceFlags.None) != 64) throw new IOException();
            }
            """),
        new("FIFO by path", """
            static SpliceWriter Open(string path) => SpliceWriter.Open(File.OpenHandle(path, FileMode.Open, FileAccess.Write));
            """),
        new("splice to file after vmsplice", """
            static void Send(SplicePipe pipe, SafeFileHandle file, byte* p)
            {
                nint n = RawPipe.VmSplice(pipe.WriteHandle, new IoVec(p, 4096), SpliceFlags.None);
                int from = (int)pipe.ReadHandle.DangerousGetHandle(), to = (int)file.DangerousGetHandle();
                nint moved = Libc.splice(from, null, to, null, (nuint)n, Libc.SPLICE_F_MOVE | Libc.SPLICE_F_MORE);
                if (moved != n) throw new IOException();
            }
            """),
        new("forwarding with an unknown reader", """
            static void Forward(SplicePipe pipe, int to)
            {
                using var w = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Unknown });
                Libc.tee((int)pipe.ReadHandle.DangerousGetHandle(), to, 4096, 0);
            }
            """),
        new("copying reader that reads", """
            static void Copy(SplicePipe pipe)
            {
                using var w = pipe.OpenWriter(new SpliceWriterOptions { Reader = PipeReaderKind.Copying });
                using var r = pipe.OpenReader();
                r.Read(new byte[16]);
            }
            """),
    ];
}

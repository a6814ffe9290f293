namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>Calls between a raw call and the read of its error number, of which no body is in sight, or another may run.</summary>
internal sealed class CallsBeforeTheErrorNumber : IPrograms
{
    private const string Declarations = """
        public unsafe struct iovec { public void* iov_base; public nuint iov_len; }

        public static unsafe class Libc
        {
            [DllImport("libc", SetLastError = true)]
            public static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
        }

        """;

    public IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Interface"] = With("log.Warn(fd);", "IChannelLog log", "public interface IChannelLog { void Warn(int fd); }"),
        ["InterfaceWhereItIsThere"] = With("log?.Warn(fd);", "IChannelLog? log", "public interface IChannelLog { void Warn(int fd); }"),
        ["InterfaceWithABodyOfItsOwn"] = With("log.Warn(fd);", "IChannelLog log", "public interface IChannelLog { void Warn(int fd) { } }"),
        ["AbstractMethod"] = With("log.Warn(fd);", "ChannelLog log", "public abstract class ChannelLog { public abstract void Warn(int fd); }"),
        ["VirtualMethod"] = With("log.Warn(fd);", "ChannelLog log", "public class ChannelLog { public virtual void Warn(int fd) { } }"),
        ["Delegate"] = With("failed(fd);", "Action<int> failed", ""),
        ["DelegateWhereItIsThere"] = With("failed?.Invoke(fd);", "Action<int>? failed", ""),
        ["DelegateOfTheProject"] = With("failed(fd);", "Failed failed", "public delegate void Failed(int fd);"),
        ["PartialMethodWithABody"] = With("Hook.Failed(fd);", "int unused", """
            public static partial class Hook { public static partial void Failed(int fd); }
            public static partial class Hook { public static partial void Failed(int fd) => Console.WriteLine(fd); }
            """),
        ["StaticOfAnInterface"] = """
            public interface IFailure { static abstract void Note(int fd); }

            public unsafe struct iovec { public void* iov_base; public nuint iov_len; }

            public static unsafe class Libc
            {
                [DllImport("libc", SetLastError = true)]
                public static extern nint vmsplice(int fd, iovec* segments, nuint count, uint flags);
            }

            public static unsafe class Sender<TFailure> where TFailure : IFailure
            {
                public static nint Send(int fd, iovec* segment)
                {
                    nint sent = Libc.vmsplice(fd, segment, 1, 0);
                    if (sent < 0)
                    {
                        TFailure.Note(fd);
                        throw new IOException("vmsplice", Marshal.GetLastPInvokeError()); //~VMS4007
                    }

                    return sent;
                }
            }
            """,
        ["SealedMethodThatCallsNothing"] = With("log.Warn(fd);", "ChannelLog log", """
            public interface IChannelLog { void Warn(int fd); }
            public sealed class ChannelLog : IChannelLog { public int Failed { get; private set; } public void Warn(int fd) => Failed = fd; }
            """, ""),
        ["SealedOverrideThatCallsNothing"] = With("log.Warn(fd);", "ChannelLog log", """
            public abstract class AnyLog { public abstract void Warn(int fd); }
            public sealed class ChannelLog : AnyLog { private int _failed; public int Failed => _failed; public override void Warn(int fd) => _failed = fd; }
            """, ""),
        ["PartialMethodThatNobodyWrote"] = With("Hook.Failed(fd);", "int unused", """
            public static partial class Hook { static partial void Note(int fd); public static void Failed(int fd) { } }
            """, ""),
        ["LambdaThatOnlyCounts"] = With("count(fd);", "int start", "", "", "int failed = start; Action<int> count = one => failed += one;"),
        ["NumberReadFirst"] = Declarations + """
            public interface IChannelLog { void Warn(int fd); }

            public static unsafe class Sender
            {
                public static nint Send(int fd, iovec* segment, IChannelLog log, Action<int> failed)
                {
                    nint sent = Libc.vmsplice(fd, segment, 1, 0);
                    int number = sent < 0 ? Marshal.GetLastPInvokeError() : 0;
                    log.Warn(fd);
                    failed(number);
                    return sent < 0 ? throw new IOException("vmsplice", number) : sent;
                }
            }
            """,
        ["WrapperThatPassesTheCountOn"] = Declarations + """
            public static unsafe class Wrapper
            {
                public static nint Send(int fd, iovec[] segments)
                {
                    fixed (iovec* first = segments)
                    {
                        nint sent = Libc.vmsplice(fd, first, (nuint)segments.Length, 0);
                        if (sent < 0)
                        {
                            throw new IOException("vmsplice", Marshal.GetLastPInvokeError());
                        }

                        return sent;
                    }
                }
            }
            """,
        ["NoWrapperThatKeepsTheResult"] = Declarations + """
            public static unsafe class Keeper
            {
                public static long All;

                public static bool Send(int fd, iovec[] segments)
                {
                    fixed (iovec* first = segments)
                    {
                        nint sent = Libc.vmsplice(fd, first, (nuint)segments.Length, 0); //~VMS3004
                        if (sent < segments.Length)
                        {
                            throw new IOException("vmsplice", Marshal.GetLastPInvokeError());
                        }

                        All += sent;
                        return sent > 0;
                    }
                }
            }
            """,
    };

    private static string With(string call, string parameter, string types, string mark = " //~VMS4007", string before = "") => $$"""
        {{types}}

        {{Declarations}}
        public static unsafe class Sender
        {
            public static nint Send(int fd, iovec* segment, {{parameter}})
            {
                {{before}}
                nint sent = Libc.vmsplice(fd, segment, 1, 0);
                if (sent < 0)
                {
                    {{call}}
                    throw new IOException("vmsplice", Marshal.GetLastPInvokeError());{{mark}}
                }

                return sent;
            }
        }
        """;
}

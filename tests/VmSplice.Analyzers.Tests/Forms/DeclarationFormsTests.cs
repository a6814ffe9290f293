namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>Every way to come by the system call without this package: the raw rules hold there too, none of its types in sight.</summary>
public sealed class DeclarationFormsTests : FormsTests<DeclarationFormsTests>, IForms
{
    private const string Vec = "unsafe struct Vec { public void* Base; public nuint Length; } ";
    private const string Free = """
        unsafe void M(int fd)
        {
            byte* p = (byte*)NativeMemory.Alloc(64);
            var v = new Vec { Base = p, Length = 64 };
            CALL;
            {|VMS2001:p[0]|} = 1;
        }
        """;
    private const string Before = """
        unsafe void M(int fd)
        {
            byte* p = (byte*)NativeMemory.Alloc(64);
            var v = new Vec { Base = p, Length = 64 };
            p[0] = 1;
            CALL;
        }
        """;

    public static bool ReferenceRuntime => false;

    public static Form[] Forms { get; } =
    [
        Of("DllImport", "[DllImport(\"libc\")] static extern unsafe nint vmsplice(int fd, Vec* iov, nuint n, uint flags); ", "vmsplice(fd, &v, 1, 0)"),
        Of("DllImport by another name",
            """
            [DllImport("libc", EntryPoint = "vmsplice")] static extern unsafe nint Push(int fd, Vec* iov, nuint n, uint flags);

            """,
            "Push(fd, &v, 1, 0)"),
        Of("DllImport by reference",
            """
            [DllImport("libc")] static extern unsafe nint vmsplice(int fd, ref Vec iov, nuint n, uint flags);

            """,
            "vmsplice(fd, ref v, 1, 0)"),
        Of("LibraryImport",
            """
            [LibraryImport("libc")] private static unsafe partial nint vmsplice(int fd, Vec* iov, nuint n, uint flags);
            private static unsafe partial nint vmsplice(int fd, Vec* iov, nuint n, uint flags) => 0;

            """,
            "vmsplice(fd, &v, 1, 0)"),
        Of("LibraryImport by another name",
            """
            [LibraryImport("libc", EntryPoint = "vmsplice")] private static unsafe partial nint Push(int fd, Vec* iov, nuint n, uint flags);
            private static unsafe partial nint Push(int fd, Vec* iov, nuint n, uint flags) => 0;

            """,
            "Push(fd, &v, 1, 0)"),
        Of("system call by number",
            """
            [DllImport("libc")] static extern unsafe long syscall(long nr, int fd, Vec* iov, nuint n, uint flags);

            """,
            "syscall(278, fd, &v, 1, 0)"),
        Of("function pointer in a field",
            """
            static readonly unsafe delegate* unmanaged<int, Vec*, nuint, uint, nint> s_vmsplice = null;

            """,
            "s_vmsplice(fd, &v, 1, 0)"),
        Of("function pointer that is loaded",
            """
            static readonly nint s_export = NativeLibrary.GetExport(NativeLibrary.Load("libc"), "vmsplice");

            """,
            "((delegate* unmanaged<int, Vec*, nuint, uint, nint>)s_export)(fd, &v, 1, 0)"),
        Of("function pointer in a local", "",
            "var send = (delegate* unmanaged<int, Vec*, nuint, uint, nint>)NativeLibrary.GetExport(NativeLibrary.Load(\"libc\"), \"vmsplice\"); "
                + "send(fd, &v, 1, 0)"),
        Of("delegate of a function pointer",
            """
            unsafe delegate nint Call(int fd, Vec* iov, nuint n, uint flags);
            static readonly Call s_call = Marshal.GetDelegateForFunctionPointer<Call>(NativeLibrary.GetExport(0, "vmsplice"));

            """,
            "s_call(fd, &v, 1, 0)"),
        Binding(),
    ];

    private static Form Of(string name, string declaration, string call) => new(
        name,
        Vec + declaration + Free.Replace("CALL", call, StringComparison.Ordinal),
        Vec + declaration + Before.Replace("CALL", call, StringComparison.Ordinal));

    /// <summary>Tmds.LibC; Mono.Posix declares no vmsplice.</summary>
    private static Form Binding()
    {
        const string Declared = """
             }
            namespace Tmds.Linux
            {
                public struct size_t { public static implicit operator size_t(int value) => default; }
                public struct ssize_t { }
                public unsafe struct iovec { public void* iov_base { get; set; } public size_t iov_len { get; set; } }
                public static unsafe class LibC { public static ssize_t vmsplice(int fd, iovec* iov, size_t count, uint flags) => default; }
            """;
        const string Start = "unsafe void M(int fd) { byte* p = (byte*)NativeMemory.Alloc(64); var v = new Tmds.Linux.iovec { iov_base = p, iov_len = 64 }; ";
        const string Call = "Tmds.Linux.LibC.vmsplice(fd, &v, 1, 0); ";
        return new("binding Tmds.LibC", Start + Call + "{|VMS2001:p[0]|} = 1; }" + Declared, Start + "p[0] = 1; " + Call + "}" + Declared);
    }
}

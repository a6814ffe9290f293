namespace VmSplice.Analyzers.Raw;

/// <summary>How a call reaches the <c>vmsplice</c> of the kernel.</summary>
internal enum RawCallKind
{
    /// <summary><c>VmSplice.RawPipe.VmSplice</c>: throws instead of returning -1.</summary>
    Runtime,

    /// <summary>A method with <c>[DllImport]</c> or <c>[LibraryImport]</c>, the user's own or a binding's.</summary>
    PlatformInvoke,

    /// <summary><c>syscall(SYS_vmsplice, …)</c>.</summary>
    SystemCall,

    /// <summary>A typed function pointer or delegate that was loaded from the export of that name.</summary>
    FunctionPointer,
}

namespace Doctor;

/// <summary>What stands between a process and the kernel.</summary>
internal enum SandboxKind
{
    None,
    Docker,
    Podman,
    OtherContainer,
    GVisor,
    Wsl,
}

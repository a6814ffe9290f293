using System.Globalization;

namespace Doctor;

/// <summary>Which sandbox there is. It says why a call is refused; it is nothing bad in itself.</summary>
internal static class SandboxCheck
{
    public static Finding Run()
    {
        Sandbox sandbox = Sandbox.Current;
        string where = sandbox.Kind switch
        {
            SandboxKind.None => "no container is seen",
            SandboxKind.Docker => "a Docker container",
            SandboxKind.Podman => "a Podman container",
            SandboxKind.GVisor => "gVisor, whose own kernel answers",
            SandboxKind.Wsl => "Windows Subsystem for Linux",
            _ => "a container",
        };
        string filters = sandbox.HasSeccompFilter
            ? string.Create(CultureInfo.InvariantCulture, $"{sandbox.SeccompFilters} seccomp filter{(sandbox.SeccompFilters == 1 ? "" : "s")}")
            : "no seccomp filter";
        string user = Environment.IsPrivilegedProcess ? "as root" : "not as root";
        return new("sandbox", Verdict.Good, $"{where}, {filters}, {user}");
    }
}

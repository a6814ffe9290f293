using VmSplice.KernelModes;

namespace VmSplice.Tests.Support;

/// <summary>Errors that a healthy machine does not give: a seccomp filter on one thread, which ends with the test.</summary>
internal static class Injected
{
    /// <summary>Runs an action on a thread where vmsplice answers with an error.</summary>
    /// <param name="errno">The error.</param>
    /// <param name="action">What to do there.</param>
    /// <param name="onlyWithFlags">Only calls with one of these flags are concerned; none for all.</param>
    internal static void Errno(int errno, Action action, SpliceFlags onlyWithFlags = SpliceFlags.None)
        => Background.Run(() =>
        {
            VmSpliceFilter.Refuse(errno, (uint)onlyWithFlags);
            action();
        }).Join();

    /// <summary>Runs an action on a thread where calls answer with an error.</summary>
    /// <param name="rules">Which and how; see <see cref="CallRule"/>. Several are separated by commas.</param>
    /// <param name="action">What to do there.</param>
    internal static void Rules(string rules, Action action)
        => Background.Run(() =>
        {
            Array.ForEach(rules.Split(','), rule => VmSpliceFilter.Refuse(CallRule.Parse(rule)));
            action();
        }).Join();

    /// <summary>Runs an action on a thread where splice and tee answer with an error.</summary>
    internal static void ForwardingErrno(int errno, Action action)
        => Background.Run(() =>
        {
            VmSpliceFilter.RefuseForwarding(errno);
            action();
        }).Join();

    /// <summary>Runs an action on a thread where a pipe cannot be opened once more to be read or written without waiting.</summary>
    internal static void ReopeningErrno(int errno, Action action)
        => Background.Run(() =>
        {
            VmSpliceFilter.RefuseReopening(errno);
            action();
        }).Join();
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace VmSplice.KernelModes;

/// <summary>
/// A seccomp(2) filter on vmsplice, on the calls that forward, on opening a pipe once more, or on any call that a rule names. It holds for the calling thread
/// and for every process that the thread starts from then on, for good.
/// </summary>
internal static unsafe class VmSpliceFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAnySet = 0x45;
    private const ushort Return = 0x06;
    private const uint RetErrno = 0x0005_0000;
    private const uint RetUserNotif = 0x7FC0_0000;
    private const uint RetAllow = 0x7FFF_0000;
    private const nint SetModeFilter = 1;
    private const nint FlagNewListener = 8;
    private const nint FlagWaitKillable = 32;

    // struct seccomp_data: nr, arch, instruction pointer, six arguments. Little-endian, so a low half comes first.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint FirstArgumentOffset = 16;
    private const uint ArgumentSize = 8;
    private const uint FlagsOfVmSplice = 3;
    private const uint FlagsOfOpenAt = 2;

    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction(ushort code, byte ifTrue, byte ifFalse, uint value)
    {
        internal ushort Code = code;
        internal byte IfTrue = ifTrue;
        internal byte IfFalse = ifFalse;
        internal uint Value = value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        internal ushort Length;
        internal Instruction* Instructions;
    }

    private static uint AuditArchitecture => Native.IsArm64 ? 0xC000_00B7 : 0xC000_003E;

    /// <summary>From now on vmsplice answers <paramref name="errno"/> on this thread.</summary>
    /// <param name="errno">The error number.</param>
    /// <param name="onlyWithFlags">Only calls with one of these flags; 0 for all.</param>
    internal static void Refuse(int errno, uint onlyWithFlags = 0)
        => Install(Native.SYS_vmsplice, RetErrno | (uint)errno, FlagsOfVmSplice, onlyWithFlags, onlyWithFlags == 0 ? null : JumpIfAnySet);

    /// <summary>From now on splice and tee answer <paramref name="errno"/> on this thread.</summary>
    internal static void RefuseForwarding(int errno)
    {
        Install(Native.SYS_splice, RetErrno | (uint)errno);
        Install(Native.SYS_tee, RetErrno | (uint)errno);
    }

    /// <summary>From now on open answers <paramref name="errno"/> on this thread to whoever asks for O_NONBLOCK.</summary>
    internal static void RefuseReopening(int errno) => Install(Native.SYS_openat, RetErrno | (uint)errno, FlagsOfOpenAt, Native.O_NONBLOCK, JumpIfAnySet);

    /// <summary>From now on the calls that the rule describes answer its error on this thread.</summary>
    internal static void Refuse(CallRule rule)
        => Install(
            rule.Call,
            RetErrno | (uint)rule.Error,
            rule.Argument,
            rule.Value ?? 0,
            comparison: rule.Value is null ? null : rule.IsMask ? JumpIfAnySet : JumpIfEqual);

    /// <summary>From now on vmsplice of this thread waits for an answer through the descriptor that is returned.</summary>
    internal static int Listen()
    {
        // A runtime's own signals must not tear a call that its stand-in has half done (Linux 5.19).
        return Install(Native.SYS_vmsplice, RetUserNotif, flags: FlagNewListener | FlagWaitKillable);
    }

    private static int Install(int call, uint action, uint argument = 0, uint value = 0, ushort? comparison = null, nint flags = 0)
    {
        ReadOnlySpan<Instruction> program =
        [
            new(LoadWord, 0, 0, ArchitectureOffset),
            new(JumpIfEqual, 0, 5, AuditArchitecture),
            new(LoadWord, 0, 0, NumberOffset),
            new(JumpIfEqual, 0, 3, (uint)call),
            new(LoadWord, 0, 0, FirstArgumentOffset + (argument * ArgumentSize)),
            new(comparison ?? JumpIfEqual, 0, 1, value),
            new(Return, 0, 0, action),
            new(Return, 0, 0, RetAllow),
        ];

        Span<Instruction> instructions = stackalloc Instruction[program.Length];
        program.CopyTo(instructions);
        if (comparison is null)
        {
            // Nothing to ask for: both ways lead to the action.
            instructions[5].IfFalse = 0;
        }

        // SAFETY: the kernel copies the program during the call.
        fixed (Instruction* first = instructions)
        {
            FilterProgram filter = new() { Length = (ushort)instructions.Length, Instructions = first };
            if (Native.prctl(Native.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "prctl(PR_SET_NO_NEW_PRIVS)");
            }

            nint result = Native.syscall(Native.SYS_seccomp, SetModeFilter, flags, (nint)(&filter), 0);
            return result >= 0 ? (int)result : throw new Win32Exception(Marshal.GetLastPInvokeError(), "seccomp(SECCOMP_SET_MODE_FILTER)");
        }
    }
}

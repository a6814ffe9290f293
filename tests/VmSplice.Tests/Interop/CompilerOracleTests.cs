using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using VmSplice.Interop;

namespace VmSplice.Tests.Interop;

/// <summary>
/// The C compiler says whether every constant, error number, struct and function that the interop declares is what the
/// system's headers have. Found by reflection, so that none can be forgotten.
/// </summary>
public partial class CompilerOracleTests
{
    private const BindingFlags Everything = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // The C name of each struct, and of the fields that are read or written from here.
    private static readonly Dictionary<Type, (string Name, Dictionary<string, string> Fields)> Structs = new()
    {
        [typeof(IoVec)] = ("struct iovec", new() { ["<Address>k__BackingField"] = "iov_base", ["<Length>k__BackingField"] = "iov_len" }),
        [typeof(Poll.PollFd)] = ("struct pollfd", new() { ["Fd"] = "fd", ["Events"] = "events", ["ReturnedEvents"] = "revents" }),
        [typeof(SysStat.Statx)] = ("struct statx",
            new() { ["Uid"] = "stx_uid", ["Mode"] = "stx_mode", ["Size"] = "stx_size", ["Inode"] = "stx_ino", ["DeviceMajor"] = "stx_dev_major",
                ["DeviceMinor"] = "stx_dev_minor" }),
        [typeof(SysResource.RUsage)] =
            ("struct rusage", new() { ["_times"] = "ru_utime", ["_memory"] = "ru_maxrss", ["MinorFaults"] = "ru_minflt", ["_rest"] = "ru_majflt" }),
    };

    private static IEnumerable<Type> InteropTypes
        => typeof(Fcntl).Assembly.GetTypes().Where(type => type.Namespace == typeof(Fcntl).Namespace && type.DeclaringType is null);

    [SkippableFact]
    public void EveryConstant_IsThatOfTheHeaders() => AssertCompiles(Constants());

    [SkippableFact]
    public void EveryStruct_HasTheSizeAndOffsetsOfTheHeaders() => AssertCompiles(Layouts());

    [SkippableFact]
    public void EveryFunction_IsDeclaredByTheHeaders()
        => AssertCompiles(Functions().Select(name => $"void *address_of_{name} = (void *)&{name};"));

    [SkippableFact]
    public void WrongAssertion_IsNoticed()
    {
        (int exitCode, string errors) = Compile(["_Static_assert(EPERM == 2, \"EPERM\");"]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("static assertion failed", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Reflection_FindsWhatThereIs()
    {
        Assert.InRange(Constants().Count(), 50, 1_000);
        Assert.Contains("_Static_assert((SPLICE_F_GIFT) == 8, \"Fcntl.SPLICE_F_GIFT\");", Constants());
        Assert.Contains(Constants(), constant => constant.Contains("SysSyscall.SYS_vmsplice", StringComparison.Ordinal));
        Assert.Contains("vmsplice", Functions());
        Assert.Contains("madvise", Functions());
    }

    [Fact]
    public void EveryInteropStruct_IsCompared()
    {
        IEnumerable<Type> structs = InteropTypes.SelectMany(type => type.GetNestedTypes(Everything))
            .Where(type => type.IsValueType && !type.Name.StartsWith('<'));
        Assert.All(structs, type => Assert.Contains(type, Structs.Keys));
        foreach ((Type type, (_, Dictionary<string, string> fields)) in Structs)
        {
            Assert.Equal(
                type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(field => field.Name).Order(),
                fields.Keys.Order());
        }
    }

    private static IEnumerable<string> Constants()
    {
        foreach (Type type in InteropTypes)
        {
            foreach (FieldInfo field in type.GetFields(Everything).Where(field => field.IsLiteral))
            {
                yield return AssertEqual(field.Name, field.GetRawConstantValue()!, $"{type.Name}.{field.Name}");
            }

            // MAP_FAILED is a pointer, which C# has no constants of.
            foreach (FieldInfo field in type.GetFields(Everything).Where(field => field.FieldType.IsPointer))
            {
                yield return AssertEqual($"(long){field.Name}", ValueOf(field), $"{type.Name}.{field.Name}");
            }
        }

        // They differ from processor to processor, so there is no constant of them.
        foreach (PropertyInfo number in typeof(SysSyscall).GetProperties(Everything).Where(number => number.Name.StartsWith("SYS_", StringComparison.Ordinal)))
        {
            yield return AssertEqual(number.Name, number.GetValue(null)!, $"SysSyscall.{number.Name}");
        }

        yield return AssertEqual("IOV_MAX", RawPipe.IovMax, "RawPipe.IovMax");
        yield return AssertEqual("SPLICE_F_MOVE", (uint)SpliceFlags.Move, "SpliceFlags.Move");
        yield return AssertEqual("SPLICE_F_NONBLOCK", (uint)SpliceFlags.NonBlocking, "SpliceFlags.NonBlocking");
        yield return AssertEqual("SPLICE_F_MORE", (uint)SpliceFlags.More, "SpliceFlags.More");
        yield return AssertEqual("SPLICE_F_GIFT", (uint)SpliceFlags.Gift, "SpliceFlags.Gift");
    }

    private static unsafe long ValueOf(FieldInfo pointer) => (long)Pointer.Unbox((Pointer)pointer.GetValue(null)!);

    private static IEnumerable<string> Layouts()
    {
        // Packed on some architectures and not on others, so there is no struct of it here.
        yield return AssertEqual("sizeof(struct epoll_event)", SysEpoll.EventSize, "SysEpoll.EventSize");
        yield return AssertEqual("offsetof(struct epoll_event, data)", SysEpoll.DataOffset, "SysEpoll.DataOffset");
        foreach ((Type type, (string name, Dictionary<string, string> fields)) in Structs)
        {
            yield return AssertEqual($"sizeof({name})", Marshal.SizeOf(type), type.Name);
            foreach ((string field, string member) in fields)
            {
                yield return AssertEqual($"offsetof({name}, {member})", (long)Marshal.OffsetOf(type, field), $"{type.Name}.{member}");
            }
        }
    }

    private static IEnumerable<string> Functions()
        => InteropTypes.SelectMany(type => type.GetMethods(Everything)).Select(method => method.Name).Where(name => CName().IsMatch(name)).Distinct();

    private static string AssertEqual(string expression, object value, string label)
        => string.Create(CultureInfo.InvariantCulture, $"_Static_assert(({expression}) == {value}, \"{label}\");");

    private static void AssertCompiles(IEnumerable<string> assertions)
    {
        (int exitCode, string errors) = Compile(assertions);
        Assert.True(exitCode == 0, errors);
    }

    private static (int ExitCode, string Errors) Compile(IEnumerable<string> lines)
    {
        Skip.IfNot(HasCompiler, "there is no gcc here");
        StringBuilder source = new();
        source.AppendLine("#define _GNU_SOURCE");
        foreach (string header in (string[])["errno.h", "fcntl.h", "limits.h", "netinet/in.h", "netinet/tcp.h", "poll.h", "stddef.h", "sys/epoll.h",
            "sys/eventfd.h", "sys/ioctl.h", "sys/mman.h", "sys/resource.h", "sys/socket.h", "sys/stat.h", "sys/syscall.h", "sys/uio.h", "unistd.h"])
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"#include <{header}>");
        }

        source.AppendJoin('\n', lines).AppendLine();
        ProcessStartInfo info = Child.Command("gcc", "-x", "c", "-std=c11", "-fsyntax-only", "-");
        info.RedirectStandardInput = true;
        info.RedirectStandardError = true;
        using Process gcc = Child.Start(info);
        gcc.StandardInput.Write(source);
        gcc.StandardInput.Close();
        string errors = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        return (gcc.ExitCode, errors);
    }

    private static bool HasCompiler { get; } =
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "gcc")));

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex CName();
}

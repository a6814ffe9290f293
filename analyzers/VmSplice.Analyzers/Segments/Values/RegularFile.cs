using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>
/// Opened paths that are surely files. A path may name a FIFO, which is a pipe, whatever mode opens it; except one that is created anew,
/// a temporary file, and a literal name with an extension that nobody gives to a FIFO.
/// </summary>
internal static class RegularFile
{
    public enum DefaultMode
    {
        /// <summary>The mode is an argument.</summary>
        Given,

        /// <summary>The method opens what is there.</summary>
        Any,
    }

    private const long CreateNew = 1;

    public static Descriptor? Opened(ImmutableArray<IArgumentOperation> arguments, DefaultMode mode)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (mode == DefaultMode.Given && argument.Parameter?.Type.Name == "FileMode" && Operand.Constant(argument.Value) == CreateNew)
            {
                return new Descriptor(DescriptorKind.File, "a file (FileMode.CreateNew)");
            }

            if (argument.Parameter is not { Ordinal: 0 })
            {
                continue;
            }

            if (argument.Value.ConstantValue is { HasValue: true, Value: string path } && IsFileName(path))
            {
                return new Descriptor(DescriptorKind.File, $"a file (\"{path}\")");
            }

            if (Operand.Unwrap(argument.Value) is IInvocationOperation { TargetMethod: { Name: "GetTempFileName", ContainingType.Name: "Path" } })
            {
                return new Descriptor(DescriptorKind.File, "a temporary file");
            }
        }

        return null;
    }

    private static bool IsFileName(string path)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return false;
        }

        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') + 1
            && path.Substring(dot + 1) is "bin" or "dat" or "data" or "txt" or "log" or "csv" or "json" or "xml" or "tmp" or "raw" or "img" or "mp4" or "png"
                or "jpg" or "zip" or "gz" or "db";
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Text;

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

    /// <summary>What is opened, by the path and the mode.</summary>
    /// <param name="arguments">Of the call.</param>
    /// <param name="values">Theirs.</param>
    /// <param name="mode">Whether the mode is among them.</param>
    public static Descriptor? Opened(ImmutableArray<IArgumentOperation> arguments, Value?[] values, DefaultMode mode)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (mode == DefaultMode.Given && arguments[i].Parameter?.Type.Name == "FileMode" && values[i] is Scalar { Number.Exact: CreateNew })
            {
                return new Descriptor(DescriptorKind.File, "a file (FileMode.CreateNew)");
            }

            if (arguments[i].Parameter is { Ordinal: 0 } && values[i] is Descriptor { Kind: DescriptorKind.FileName } name)
            {
                return new Descriptor(DescriptorKind.File, name.What);
            }
        }

        return null;
    }

    /// <summary>A literal that names a file.</summary>
    public static Descriptor? Named(string path, IOperation literal)
        => IsFileName(path) && !MakesFifos(literal) ? new Descriptor(DescriptorKind.FileName, $"a file (\"{path}\")") : null;

    /// <summary>The file that <c>Path.GetTempFileName</c> has made.</summary>
    public static Descriptor? Temporary(IOperation call) => MakesFifos(call) ? null : new Descriptor(DescriptorKind.FileName, "a temporary file");

    /// <summary>Where a FIFO is made, it may get any name.</summary>
    private static bool MakesFifos(IOperation operation)
        => TextSearch.Any(operation.Syntax.SyntaxTree.GetText(), static text => text.IndexOf("mkfifo".AsSpan(), StringComparison.OrdinalIgnoreCase) >= 0);

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

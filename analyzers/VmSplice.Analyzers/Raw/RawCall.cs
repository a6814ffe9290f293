using Microsoft.CodeAnalysis;

namespace VmSplice.Analyzers.Raw;

/// <summary>One call of <c>vmsplice</c>, its operands by meaning instead of by position.</summary>
internal sealed class RawCall
{
    public RawCall(
        RawCallKind kind, IOperation operation, IMethodSymbol? method, IOperation descriptor, IOperation segments, IOperation? count, IOperation? flags)
    {
        Kind = kind;
        Operation = operation;
        Method = method;
        Descriptor = descriptor;
        Segments = segments;
        Count = count;
        Flags = flags;
    }

    public RawCallKind Kind { get; }

    /// <summary>The invocation itself.</summary>
    public IOperation Operation { get; }

    /// <summary>What is called; null for a function pointer.</summary>
    public IMethodSymbol? Method { get; }

    /// <summary>The pipe: a number, a handle, or what holds one.</summary>
    public IOperation Descriptor { get; }

    /// <summary>The segments: a pointer, a reference, an array, a span, or a single segment by value.</summary>
    public IOperation Segments { get; }

    /// <summary>How many segments; null where <see cref="Segments"/> knows its own length (span, single segment).</summary>
    public IOperation? Count { get; }

    /// <summary>The flags; null where the call leaves them out.</summary>
    public IOperation? Flags { get; }

    /// <summary>Whether an error comes back as -1 and an error number; otherwise as an exception.</summary>
    public bool ReturnsErrorNumber => Kind != RawCallKind.Runtime;
}

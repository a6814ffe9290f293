using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Raw;

/// <summary>Recognises calls of <c>vmsplice</c>, whatever declares it. One instance per compilation; safe for concurrent use.</summary>
internal sealed class RawCalls
{
    private enum Shape
    {
        None,
        Runtime,
        Native,
        SystemCall,
    }

    private const string Binding = "Tmds.LibC";

    private readonly INamedTypeSymbol? _runtime;
    private readonly ConcurrentDictionary<IMethodSymbol, Shape> _shapes = new(SymbolEqualityComparer.Default);
    private readonly CallNames _names;

    private static readonly ConditionalWeakTable<Compilation, RawCalls?> s_perCompilation = new();

    private RawCalls(INamedTypeSymbol? runtime, CallNames names)
    {
        _runtime = runtime;
        _names = names;
        Sites = new CallSites(names);
    }

    /// <summary>Where to look, file by file.</summary>
    public CallSites Sites { get; }

    /// <summary>
    /// What all analyzers of one compilation share. Null where neither our runtime, nor a binding, nor a declaration of the call's name is in sight:
    /// nothing to look for then. Nor where the runtime is referenced and nothing of it is named.
    /// </summary>
    public static RawCalls? Create(Compilation compilation) => s_perCompilation.GetValue(compilation, Resolve);

    private static RawCalls? Resolve(Compilation compilation)
    {
        if (!Mentions.Any(compilation, CancellationToken.None))
        {
            return null;
        }

        INamedTypeSymbol? runtime = RuntimeSymbols.Of(compilation).RawPipe;
        // Mono.Posix has no vmsplice.
        bool hasBinding = compilation.ReferencedAssemblyNames.Any(static assembly => assembly.Name == Binding);
        CallNames names = CallNames.DeclaredIn(compilation);
        // A declaration by another name still has to write the export's.
        if (runtime is null && !hasBinding && !names.LoadsExport
            && !compilation.ContainsSymbolsWithName(NativeNames.MayDeclareTheCall, SymbolFilter.TypeAndMember))
        {
            return null;
        }

        return new RawCalls(runtime, names);
    }

    /// <summary>Whether the call's name is one that a raw call can have; decided without a semantic model.</summary>
    public bool MayBe(InvocationExpressionSyntax call) => _names.Match(call.Expression);

    /// <summary>The call that <paramref name="operation"/> is, or null. Works on the tree of a body and on its control-flow graph alike.</summary>
    [MethodImpl(Hot.Path)]
    public RawCall? TryGet(IOperation operation) => operation switch
    {
        IInvocationOperation invocation => FromInvocation(invocation),
        IFunctionPointerInvocationOperation pointer => FromPointer(pointer, pointer.Arguments),
        _ => null,
    };

    /// <summary>Whether a call of this method is a raw call (of <c>syscall</c>: whether it may be).</summary>
    public bool MayBe(IMethodSymbol method) => ShapeOf(method) != Shape.None;

    private RawCall? FromInvocation(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return FromPointer(call, call.Arguments);
        }

        switch (ShapeOf(method))
        {
            case Shape.Runtime:
                return Argument(call.Arguments, 0) is { } pipe && Argument(call.Arguments, 1) is { } segments
                    ? new RawCall(RawCallKind.Runtime, call, method, pipe, segments, null, Argument(call.Arguments, 2))
                    : null;
            case Shape.Native:
                return ByPosition(RawCallKind.PlatformInvoke, call, method, call.Arguments, 0);
            case Shape.SystemCall:
                return Argument(call.Arguments, 0) is { } number && SystemCallNumber.IsVmSplice(number, method.Parameters.Length)
                    ? ByPosition(RawCallKind.SystemCall, call, method, call.Arguments, 1)
                    : null;
            default:
                return null;
        }
    }

    private static RawCall? FromPointer(IOperation call, ImmutableArray<IArgumentOperation> arguments)
        => arguments.Length == 4 && call.Syntax is InvocationExpressionSyntax syntax && ExportedFunction.IsVmSplice(syntax.Expression)
            ? ByPosition(RawCallKind.FunctionPointer, call, null, arguments, 0)
            : null;

    // The order of the four operands is the kernel's; only their types are the user's choice.
    private static RawCall? ByPosition(
        RawCallKind kind, IOperation call, IMethodSymbol? method, ImmutableArray<IArgumentOperation> arguments, int first)
        => Argument(arguments, first) is { } descriptor
            && Argument(arguments, first + 1) is { } segments
            && Argument(arguments, first + 2) is { } count
            && Argument(arguments, first + 3) is { } flags
            ? new RawCall(kind, call, method, descriptor, segments, count, flags)
            : null;

    private static IOperation? Argument(ImmutableArray<IArgumentOperation> arguments, int ordinal)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            // A function pointer's parameters have no names, hence no other order than their own.
            if (argument.Parameter is { } parameter ? parameter.Ordinal == ordinal : arguments.IndexOf(argument) == ordinal)
            {
                return argument.ArgumentKind == ArgumentKind.DefaultValue ? null : argument.Value;
            }
        }

        return null;
    }

    [MethodImpl(Hot.Path)]
    private Shape ShapeOf(IMethodSymbol method)
    {
        // Most methods are told by being neither static nor of a known type, without a look at their attributes.
        if (!method.IsStatic)
        {
            return Shape.None;
        }

        method = method.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, _runtime))
        {
            return method.Name == "VmSplice" ? Shape.Runtime : Shape.None;
        }

        return _shapes.GetOrAdd(method, Classify);
    }

    // Tmds.Linux.LibC, by name: asking every reference for a type that is nearly never there costs time.
    private static bool IsOfBinding(INamedTypeSymbol? type) => type is
    {
        Name: "LibC",
        ContainingNamespace: { Name: "Linux", ContainingNamespace: { Name: "Tmds", ContainingNamespace.IsGlobalNamespace: true } },
    };

    private Shape Classify(IMethodSymbol method)
    {
        string? entryPoint = NativeNames.EntryPoint(method);
        if (entryPoint is null && IsOfBinding(method.ContainingType))
        {
            entryPoint = method.Name;
        }

        return entryPoint switch
        {
            "vmsplice" when method.Parameters.Length == 4 => Shape.Native,
            "syscall" when method.Parameters.Length >= 5 => Shape.SystemCall,
            _ => Shape.None,
        };
    }
}

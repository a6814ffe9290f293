using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>
/// The cheap first look: does anything with a lifetime occur in a body at all? Nearly every body ends here.
/// </summary>
internal sealed class BodyScan(LifetimeContext context)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _holders = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Whether the body is worth an analysis; <paramref name="mentions"/> are the fields that it names and that may hold
    /// a buffer or an address, and its calls of private methods where the type has such fields.
    /// </summary>
    [MethodImpl(Hot.Path)]
    public bool IsWorthwhile(IOperation body, List<IOperation> mentions)
    {
        bool found = false;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            switch (operation.Kind)
            {
                case OperationKind.FieldReference or OperationKind.PropertyReference when MayHold(operation.Type):
                case OperationKind.ParameterReference when IsOfConstructor((IParameterReferenceOperation)operation) && MayHold(operation.Type):
                    mentions.Add(operation);
                    break;
                case OperationKind.Invocation:
                    var call = (IInvocationOperation)operation;
                    if (IsOfSameObject(call) || PassesHolder(call))
                    {
                        mentions.Add(operation);
                        found = true;
                    }
                    else if (!found)
                    {
                        found = context.RawReach.Comes(call) || IsUnawaited(call) || TakesList(call) || MakesPipeWriter(call);
                    }

                    break;
                case OperationKind.FunctionPointerInvocation when !found:
                    found = context.RawCalls?.TryGet(operation) is not null;
                    break;
            }

            found = found || (context.Types.Any && context.Types.IsFollowed(operation.Type));
        }

        return found;
    }

    private static bool IsOfConstructor(IParameterReferenceOperation reference)
        => reference.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor };

    private bool IsOfSameObject(IInvocationOperation call)
        => call is { Instance: IInstanceReferenceOperation, TargetMethod: { DeclaredAccessibility: Accessibility.Private } target }
            && HasBufferField(target.ContainingType);

    /// <summary>A parameter that holds buffers is passed on, by the name of the object alone.</summary>
    private bool PassesHolder(IInvocationOperation call)
    {
        if (!context.Types.Any || call.TargetMethod.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value is IParameterReferenceOperation { Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type }
                && context.Types.Of(type) == SpliceType.None && HasBufferField(type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A list of buffers is sent, whose elements nobody names.</summary>
    private bool TakesList(IInvocationOperation call)
        => call.TargetMethod.Name is "SendAll" or "SendAllAsync" && context.Types.Of(call.TargetMethod.ContainingType) == SpliceType.SpliceWriter;

    private bool MakesPipeWriter(IInvocationOperation call)
        => SurfaceTable.OfFactory(call.TargetMethod.Name) == SurfaceAction.MakesPipeWriter
            && context.Types.Of(call.TargetMethod.ContainingType) == SpliceType.SpliceWriter;

    /// <summary>A write or a receive that goes on after the call: any memory may be in it.</summary>
    private bool IsUnawaited(IInvocationOperation call)
        => call.TargetMethod.Name is "WriteAsync" or "ReadAsync" or "ReadExactlyAsync" && call.Parent is not IAwaitOperation
        && context.Types.Of(call.TargetMethod.ContainingType) is SpliceType.SpliceWriter or SpliceType.SpliceReader;

    [MethodImpl(Hot.Path)]
    private bool HasBufferField(INamedTypeSymbol type) => context.Types.Any && _holders.GetOrAdd(type.OriginalDefinition, FindBufferField);

    private bool FindBufferField(ISymbol type)
    {
        foreach (ISymbol member in ((INamedTypeSymbol)type).GetMembers())
        {
            if (member is IFieldSymbol field && context.Types.Of(RuntimeSymbols.Unwrap(field.Type)) == SpliceType.PageBuffer)
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(Hot.Path)]
    private bool MayHold(ITypeSymbol? type)
        => context.Types.IsFollowed(type)
        || (context.SeesRawCalls && (Carrier.IsView(type) || type is IArrayTypeSymbol || type?.Name is "GCHandle" or "IMemoryOwner"));
}

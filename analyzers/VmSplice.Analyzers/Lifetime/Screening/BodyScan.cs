using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>
/// The cheap first look: does anything with a lifetime occur in a body at all? Nearly every body ends here.
/// </summary>
internal sealed class BodyScan(LifetimeContext context)
{
    private readonly ConcurrentDictionary<ISymbol, Holds> _holders = new(SymbolEqualityComparer.Default);

    /// <summary>What the fields of a type hold, as far as other methods of it may use it up.</summary>
    [Flags]
    private enum Holds
    {
        Nothing = 0,
        Buffers = 1,
        Records = 2,
    }

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

    /// <summary>A method that anybody calls is asked itself what it leaves in its fields; which slots it ends its callers must know.</summary>
    private bool IsOfSameObject(IInvocationOperation call)
        => call is { Instance: IInstanceReferenceOperation, TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } target }
            && HeldBy(target.ContainingType) is var held and not Holds.Nothing
            && (target.DeclaredAccessibility == Accessibility.Private || (held & Holds.Records) != 0);

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
    private bool HasBufferField(INamedTypeSymbol type) => (HeldBy(type) & Holds.Buffers) != 0;

    [MethodImpl(Hot.Path)]
    private Holds HeldBy(INamedTypeSymbol type) => context.Types.Any ? _holders.GetOrAdd(type.OriginalDefinition, FindHeld) : Holds.Nothing;

    private Holds FindHeld(ISymbol type)
    {
        Holds held = Holds.Nothing;
        foreach (ISymbol member in ((INamedTypeSymbol)type).GetMembers())
        {
            switch (member)
            {
                case IFieldSymbol field:
                    held |= Of(field.Type);
                    break;

                // What a primary constructor gets, the other members have as a field without a declaration.
                case IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: false } constructor
                    when constructor.DeclaringSyntaxReferences is { Length: 1 } declared && declared[0].GetSyntax() is TypeDeclarationSyntax:
                    foreach (IParameterSymbol parameter in constructor.Parameters)
                    {
                        held |= Of(parameter.Type);
                    }

                    break;
            }
        }

        return held;

        Holds Of(ITypeSymbol type) => context.Types.Of(RuntimeSymbols.Unwrap(type)) switch
        {
            SpliceType.PageBuffer => Holds.Buffers,
            SpliceType.RecordWriter or SpliceType.RecordReader => Holds.Records,
            _ => Holds.Nothing,
        };
    }

    [MethodImpl(Hot.Path)]
    private bool MayHold(ITypeSymbol? type)
        => context.Types.IsFollowed(type)
        || (context.SeesRawCalls && (Carrier.IsView(type) || type is IArrayTypeSymbol || type?.Name is "GCHandle" or "IMemoryOwner"));
}

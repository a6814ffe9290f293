using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Lifetime.Aliasing;
using VmSplice.Analyzers.Lifetime.Checks;
using VmSplice.Analyzers.Lifetime.State;

namespace VmSplice.Analyzers.Lifetime.Calls;

/// <summary>An argument of which nobody says what becomes of it.</summary>
internal sealed class UnknownArguments(BodyEvaluation body)
{
    public void Pass(PassedArgument argument, string callee)
    {
        if (body.Calls.Functions.RunsFunction(argument, mayKeep: true))
        {
            return;
        }

        if (argument.Parameter is { RefKind: RefKind.Out })
        {
            if (!body.Calls.IsReplaced(argument.Parameter, argument.Operation) && body.Paths.PathOf(argument.Operation) is { } written)
            {
                body.State.Forget(written);
            }

            return;
        }

        // A variable that is passed by reference may be replaced without a look at what is in it.
        bool isBuffer = body.Shared.Types.Of(RuntimeSymbols.Unwrap(argument.Operation.Type)) == SpliceType.PageBuffer;
        bool isVariable = (isBuffer || Carrier.IsView(argument.Operation.Type)) && argument.Parameter is { RefKind: RefKind.Ref };
        if (!isVariable && (isBuffer || Carrier.IsView(argument.Operation.Type) || argument.Parameter is { RefKind: not RefKind.None }))
        {
            body.Ownership.Access(argument.Value, argument.Node, MemoryAccess.Read, isBuffer);
        }

        // What a primary constructor gets is in the new object; that much is known.
        bool isStored = argument.Parameter?.ContainingSymbol
            is IMethodSymbol { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences: { Length: 1 } declarations }
            && declarations[0].GetSyntax(body.Budget.Cancellation) is TypeDeclarationSyntax;
        if (isBuffer && !isStored && argument.Value.Single is { } buffer && body.State.Get(buffer).Is(OwnershipState.Owned))
        {
            body.Log.Record(new PassedToUnknown(argument.Node, buffer, callee, argument.Parameter));
        }

        if (!IsLent(argument))
        {
            body.Ownership.Escape(argument.Operation, argument.Value);
        }

        if (isVariable && !Locations.IsLocation(argument.Operation))
        {
            body.Stores.Assign(argument.Operation, PointsToSet.Unknown, source: null);
        }
    }

    /// <summary>
    /// A view, or a reference to an element: who gets one can neither send nor dispose the buffer, which stays the caller's. An object that is
    /// made with a view may be what the buffer lives for.
    /// </summary>
    private static bool IsLent(PassedArgument argument)
        => argument.Parameter is { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter
        && (parameter.RefKind != RefKind.None
            ? Locations.IsLocation(argument.Operation)
            : argument.Operation.Type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" });
}

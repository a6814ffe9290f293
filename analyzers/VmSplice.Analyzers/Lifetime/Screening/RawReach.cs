using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>Which methods in source come to a raw call, by their text, a few calls deep; each is looked at once.</summary>
internal sealed class RawReach(LifetimeContext context)
{
    private const int MaxDepth = 3;

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _reaches = new(SymbolEqualityComparer.Default);

    /// <summary>Methods that nothing leads from to a raw call.</summary>
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _clear = new(SymbolEqualityComparer.Default);

    /// <summary>Types with a field that holds an address.</summary>
    private readonly ConcurrentDictionary<ISymbol, bool> _addresses = new(SymbolEqualityComparer.Default);

    /// <summary>Whether this is a raw call, or a call of a helper that makes one.</summary>
    public bool Comes(IInvocationOperation invocation)
        => context.RawCalls?.TryGet(invocation) is not null || ReachesRawCall(invocation.TargetMethod, invocation);

    /// <summary>Whether a method makes an array, or an object that may own memory by its address.</summary>
    public bool MayMakeMemory(IMethodSymbol method)
        => context.SeesRawCalls && (method.MethodKind == MethodKind.Constructor ? method.ContainingType : method.ReturnType) switch
        {
            IArrayTypeSymbol { ElementType.IsUnmanagedType: true } => true,
            INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false } type => _addresses.GetOrAdd(type.OriginalDefinition, FindAddressField),
            _ => false,
        };

    private static bool FindAddressField(ISymbol type)
    {
        foreach (ISymbol member in ((INamedTypeSymbol)type).GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false } field && (Carrier.IsView(field.Type) || field.Type is IArrayTypeSymbol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a helper with an address among its parameters, or in a field, comes to a raw call, a few calls deep.</summary>
    private bool ReachesRawCall(IMethodSymbol method, IInvocationOperation call)
        => context.RawCalls is not null
        && !method.DeclaringSyntaxReferences.IsEmpty
        && (call.Arguments.Any(argument => MayBeAddress(argument.Value.Type))
            || (method.ContainingType.TypeKind == TypeKind.Extension && MayBeAddress(call.Instance?.Type))
            || (call.Instance is IInstanceReferenceOperation && method.DeclaredAccessibility == Accessibility.Private
                && _addresses.GetOrAdd(method.ContainingType.OriginalDefinition, FindAddressField)))
        && Reaches(method.OriginalDefinition, MaxDepth);

    private bool MayBeAddress(ITypeSymbol? type) => Carrier.IsView(type) || type is IArrayTypeSymbol
        || (type is INamedTypeSymbol { TypeKind: TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false } named
        && _addresses.GetOrAdd(named.OriginalDefinition, FindAddressField));

    private bool Reaches(IMethodSymbol method, int depth)
    {
        if (_reaches.TryGetValue(method, out bool known))
        {
            return known;
        }

        bool found = false;
        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax();
        if (depth > 0 && context.ModelOf(syntax.SyntaxTree).GetOperation(syntax) is { } body)
        {
            foreach (IOperation operation in body.Descendants())
            {
                found = context.RawCalls!.TryGet(operation) is not null
                    || (operation is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: false } target }
                        && !SymbolEqualityComparer.Default.Equals(target, method)
                        && Reaches(target.OriginalDefinition, depth - 1));
                if (found)
                {
                    break;
                }
            }
        }

        // What the bound cut short is not remembered: from nearer it may look different.
        if (found || depth == MaxDepth)
        {
            _reaches[method] = found;
        }

        return found;
    }

    /// <summary>
    /// Whether a method that is given a span surely makes no raw call with it, as far as its text goes; the opposite of <see cref="Comes"/>
    /// but for what is too deep or too indirect to say.
    /// </summary>
    [MethodImpl(Hot.Path)]
    public bool StaysClear(IMethodSymbol method)
    {
        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return _clear.TryGetValue(definition, out bool known) ? known : _clear.GetOrAdd(definition, StaysClear(definition, MaxDepth));
    }

    private bool StaysClear(IMethodSymbol method, int depth)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty)
        {
            return true;
        }

        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax();
        if (depth == 0 || method.DeclaringSyntaxReferences.Length > 1 || context.ModelOf(syntax.SyntaxTree).GetOperation(syntax) is not { } body)
        {
            return false;
        }

        foreach (IOperation operation in body.Descendants())
        {
            bool isClear = operation switch
            {
                IFunctionPointerInvocationOperation => false,
                IObjectCreationOperation creation => creation.Constructor is null || creation.Constructor.DeclaringSyntaxReferences.IsEmpty,
                IInvocationOperation { TargetMethod: var target } call => context.RawCalls?.TryGet(call) is null
                    && (SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, method)
                        || StaysClear((target.ReducedFrom ?? target).OriginalDefinition, depth - 1)),
                _ => true,
            };
            if (!isClear)
            {
                return false;
            }
        }

        return true;
    }
}

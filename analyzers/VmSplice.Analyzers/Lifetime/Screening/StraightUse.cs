using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Ownership;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>
/// A proof by the text alone: in each block every buffer is rented into a variable of its own, filled, and given away last.
/// Most bodies that send are of that kind, and need neither a control flow graph nor a fixpoint.
/// </summary>
/// <remarks>
/// Only what is listed here passes; whatever else occurs (a lambda, a <c>try</c>, an alias but a span, a field, a raw
/// call, a method that is given the buffer itself) leaves the body to <see cref="LifetimePolicy"/>, which finds nothing in
/// any body that passes here. A test asks both about every source of the suite, and about thousands of random bodies.
/// </remarks>
internal sealed class StraightUse
{
    private readonly LifetimeContext _context;

    private readonly StraightExpressions _expressions;

    private int _loops;

    private StraightUse(LifetimeContext context)
    {
        _context = context;
        _expressions = new StraightExpressions(context);
    }

    /// <summary>Whether the body is right; <paramref name="mentions"/> is what <see cref="BodyScan.IsWorthwhile"/> found in it.</summary>
    [MethodImpl(Hot.Path)]
    public static bool Proves(IOperation body, ISymbol owner, List<IOperation> mentions, LifetimeContext context)
    {
        if (body is not IBlockOperation block || owner is not IMethodSymbol method || !IsOrdinary(method, context))
        {
            return false;
        }

        foreach (IOperation mention in mentions)
        {
            // A method of the same object may give away what is in its fields.
            if (mention is IInvocationOperation)
            {
                return false;
            }
        }

        return new StraightUse(context).Block(block);
    }

    [MethodImpl(Hot.Path)]
    private static bool IsOrdinary(IMethodSymbol method, LifetimeContext context)
    {
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) || method.RefKind != RefKind.None)
        {
            return false;
        }

        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.RefKind != RefKind.None || context.Types.IsFollowed(parameter.Type) || context.Annotations.Of(parameter) != ParameterEffect.Unknown)
            {
                return false;
            }
        }

        return true;
    }

    private bool Block(IBlockOperation block)
    {
        ImmutableArray<IOperation> statements = block.Operations;
        for (int i = 0; i < statements.Length; i++)
        {
            if (i + 1 < statements.Length && DisposedBy(statements[i]) is { } disposed)
            {
                i++;
                if (!LeavesWithout(disposed, statements[i]))
                {
                    return false;
                }
            }
            else if (!Statement(statements[i], block))
            {
                return false;
            }
        }

        foreach (RentedVariable one in _expressions.Rented)
        {
            if (one.Block == block && one.IsPending)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><paramref name="block"/> is null for a statement that is no block's own: the one after <c>if (…)</c>.</summary>
    private bool Statement(IOperation? statement, IBlockOperation? block) => statement switch
    {
        null or IEmptyOperation => true,
        IBlockOperation inner => Block(inner),
        IVariableDeclarationGroupOperation group => Declarations(group, block, isDisposed: false),
        IUsingDeclarationOperation { IsAsynchronous: false } declaration => Declarations(declaration.DeclarationGroup, block, isDisposed: true),
        IExpressionStatementOperation { Operation: IInvocationOperation call } => Transfers(call, block, isAwaited: false) || _expressions.Expression(call),
        IExpressionStatementOperation { Operation: IAwaitOperation awaited } => TransfersAwaited(awaited, block) || _expressions.Expression(awaited),
        IExpressionStatementOperation expression => _expressions.Expression(expression.Operation),
        IConditionalOperation branch => _expressions.Expression(branch.Condition) && Statement(branch.WhenTrue, null) && Statement(branch.WhenFalse, null),
        IForLoopOperation loop => Statements(loop.Before) && _expressions.Expression(loop.Condition) && Statements(loop.AtLoopBottom) && LoopBody(loop.Body),
        IWhileLoopOperation loop => _expressions.Expression(loop.Condition) && LoopBody(loop.Body),
        IForEachLoopOperation loop => Enumerates(loop) && LoopBody(loop.Body),
        ITryOperation { Finally: null } guarded => Statement(guarded.Body, null) && Handlers(guarded.Catches),
        IReturnOperation { Kind: OperationKind.Return } end => IsNonePending() && _expressions.Expression(end.ReturnedValue),
        // Pages that an exception leaves behind are no finding of VMS2013.
        IThrowOperation end => _expressions.Expression(end.Exception),
        IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue } => IsNonePending(),
        _ => false,
    };

    [MethodImpl(Hot.Path)]
    private bool Statements(ImmutableArray<IOperation> statements)
    {
        foreach (IOperation statement in statements)
        {
            if (!Statement(statement, null))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What was given away in the <c>try</c> is nothing that a handler may name.</summary>
    private bool Handlers(ImmutableArray<ICatchClauseOperation> handlers)
    {
        foreach (ICatchClauseOperation handler in handlers)
        {
            if (!_expressions.Expression(handler.Filter) || !Block(handler.Handler))
            {
                return false;
            }
        }

        return true;
    }

    private bool LoopBody(IOperation body)
    {
        _loops++;
        bool holds = Statement(body, null);
        _loops--;
        return holds;
    }

    [MethodImpl(Hot.Path)]
    private RentedVariable? DisposedBy(IOperation statement)
        => statement
            is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: var method, Arguments.IsEmpty: true, Instance: { } buffer } }
            && SurfaceTable.OfPages(method.Name) == SurfaceAction.Disposes && _expressions.Find(buffer) is { IsGone: false } disposed ? disposed : null;

    /// <summary>The path that has nothing to send: it disposes the buffer, and leaves at once. Where it goes nobody knows the buffer.</summary>
    [MethodImpl(Hot.Path)]
    private bool LeavesWithout(RentedVariable disposed, IOperation exit)
    {
        disposed.IsGone = true;
        bool leaves = exit switch
        {
            IReturnOperation or IThrowOperation => true,
            IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue } => disposed.Loops == _loops,
            _ => false,
        };
        leaves = leaves && Statement(exit, null);
        disposed.IsGone = false;
        return leaves;
    }

    private bool Enumerates(IForEachLoopOperation loop)
        => loop is { IsAsynchronous: false, LoopControlVariable: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } element } }
        && !_context.Types.IsFollowed(element.Type)
        && (_expressions.IsPages(loop.Collection) || _expressions.Expression(loop.Collection));

    private bool Declarations(IVariableDeclarationGroupOperation group, IBlockOperation? block, bool isDisposed)
    {
        foreach (IVariableDeclarationOperation declaration in group.Declarations)
        {
            foreach (IVariableDeclaratorOperation declarator in declaration.Declarators)
            {
                if (!Declares(declarator, (declarator.Initializer ?? declaration.Initializer)?.Value, block, isDisposed))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Declares(IVariableDeclaratorOperation declarator, IOperation? value, IBlockOperation? block, bool isDisposed)
    {
        ILocalSymbol local = declarator.Symbol;
        if (local.RefKind != RefKind.None || local.IsFixed)
        {
            return false;
        }

        if (value is IInvocationOperation rent && Rents(rent))
        {
            _expressions.Add(new RentedVariable(local, block, isDisposed, _loops));
            return block is not null && _context.Types.Of(local.Type) == SpliceType.PageBuffer;
        }

        if (Carrier.IsView(local.Type) && value is not null && _expressions.PagesOf(value) is { } pages)
        {
            pages.Views.Add(local);
            return !pages.IsGone;
        }

        // What is disposed at the end may be a writer, a stream: it does not matter here.
        return !_context.Types.IsFollowed(local.Type) && _expressions.Expression(value);
    }

    /// <summary>A call that gives a buffer which is the caller's alone.</summary>
    private bool Rents(IInvocationOperation call)
        => call is { TargetMethod: { ReturnType: INamedTypeSymbol } method, Instance: { } writer }
        && _context.Types.Of(method.ContainingType) == SpliceType.SpliceWriter
        && RuntimeNamespace.Holds(method.ReturnType)
        && _context.SurfaceOf(method) is { ReturnsPages: true, IsInBackground: false }
        && _expressions.Expression(writer)
        && _expressions.Arguments(call, mayBePages: false);

    private bool TransfersAwaited(IAwaitOperation awaited, IBlockOperation? block)
        => StraightExpressions.AwaitedCall(awaited) is { } call && Transfers(call, block, isAwaited: true);

    /// <summary>
    /// A transfer of a buffer in the very block that rented it: whenever it is reached, the variable holds a new one. Or of one that is disposed
    /// in any case, on some path through the same loop: from there on nothing in the text may name it, on whatever path.
    /// </summary>
    [MethodImpl(Hot.Path)]
    private bool Transfers(IInvocationOperation call, IBlockOperation? block, bool isAwaited)
    {
        IMethodSymbol method = call.TargetMethod;
        if (call.Instance is not { } writer || method.ReturnsVoid == isAwaited || _context.Types.Of(method.ContainingType) != SpliceType.SpliceWriter
            || !_expressions.Expression(writer))
        {
            return false;
        }

        SurfaceMember member = _context.SurfaceOf(method);
        RentedVariable? given = null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (member.EffectOn(argument.Parameter) != ParameterEffect.Consumes)
            {
                if (!_expressions.Expression(argument.Value))
                {
                    return false;
                }
            }
            else if (given is not null || _expressions.Find(argument.Value) is not { IsGone: false } one
                || !(one.Block == block || (one.IsDisposed && one.Loops == _loops)))
            {
                return false;
            }
            else
            {
                given = one;
            }
        }

        if (given is null || (isAwaited && !member.IsInBackground))
        {
            return false;
        }

        given.IsGone = true;
        return true;
    }

    /// <summary>Whether the body may be left here: no buffer is the body's own that nothing disposes.</summary>
    private bool IsNonePending()
    {
        foreach (RentedVariable one in _expressions.Rented)
        {
            if (one.IsPending)
            {
                return false;
            }
        }

        return true;
    }
}

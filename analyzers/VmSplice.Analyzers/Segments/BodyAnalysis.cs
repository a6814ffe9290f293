using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Segments.Values;

namespace VmSplice.Analyzers.Segments;

/// <summary>Runs the value analysis over one body and the functions in it, and shows the rules what each call is given.</summary>
internal sealed class BodyAnalysis(RawCalls calls, SemanticModel model, BodyReport report, CancellationToken cancellation)
{
    private const int DeepestFunction = 8;

    private bool _gifts;
    private string? _gaveUp;

    public void Run(SyntaxNode codeBlock)
    {
        foreach (SyntaxNode root in Roots(codeBlock))
        {
            if (model.GetOperation(root, cancellation) is not { Parent: null } operation || Graph(operation) is not { } graph)
            {
                continue;
            }

            IMethodSymbol? method = model.GetDeclaredSymbol(codeBlock, cancellation) as IMethodSymbol
                ?? model.GetEnclosingSymbol(root.SpanStart, cancellation) as IMethodSymbol;
            var constants = new SingleAssignments(operation);
            Run(graph, method, WrittenInFunctions(operation), constants, 0);
            if (_gaveUp is { } reason)
            {
                report.Add(GaveUp.Of(GaveUp.Values, method, reason));
            }

            _gaveUp = null;
        }

        if (_gifts)
        {
            PageSizeLiteral.InBody(codeBlock, report);
        }
    }

    private void Run(ControlFlowGraph graph, IMethodSymbol? method, HashSet<ISymbol> writtenElsewhere, SingleAssignments constants, int depth)
    {
        if (depth > DeepestFunction)
        {
            _gaveUp ??= "functions in functions";
            return;
        }

        var evaluator = new Evaluator(calls, model, writtenElsewhere, cancellation);
        var policy = new ValuePolicy(evaluator, new NamedConditions(graph));
        evaluator.Calling = (operation, state) =>
        {
            if (policy.Mode != FlowMode.Solving)
            {
                Look(operation, evaluator, state);
            }
        };
        evaluator.Assigned = (variable, value) =>
        {
            if (policy.Mode != FlowMode.Solving)
            {
                constants.Note(variable, value);
            }
        };
        var budget = new FlowBudget(graph.Blocks.Length, cancellation);
        ValueState entry = Evaluator.Entry(method, constants.Known);
        constants.NoteParameters(method, entry);
        FlowAnalysis<ValueState>.Run(graph, policy, entry, budget, report: true);
        _gaveUp ??= budget.Exceeded;

        foreach (IMethodSymbol function in graph.LocalFunctions)
        {
            Run(graph.GetLocalFunctionControlFlowGraph(function, cancellation), function, writtenElsewhere, constants, depth + 1);
        }

        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in Operations(block))
            {
                if (operation is IFlowAnonymousFunctionOperation lambda)
                {
                    Run(graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellation), lambda.Symbol, writtenElsewhere, constants, depth + 1);
                }
            }
        }
    }

    private void Look(IOperation operation, Evaluator evaluator, ValueState state)
    {
        if (calls.TryGet(operation) is { } call)
        {
            SentSegments sent = SentSegments.Of(call, evaluator, state);
            _gifts |= sent.IsGift;
            DescriptorRule.Check(sent, report);
            GiftRule.Check(sent, report);
            CountRule.Check(sent, report);
            OverlapRule.Check(sent, report);
        }
        else if (operation
            is IInvocationOperation { Arguments.Length: > 0,
                TargetMethod: { ContainingNamespace.Name: "VmSplice", ContainingType.Name: "SpliceWriter" or "SpliceReader" } method } invocation)
        {
            Value? first = evaluator.Eval(invocation.Arguments[0].Value, state.Copy());
            if (method.Name is "Gift" or "GiftAsync")
            {
                _gifts = true;
                GiftRule.CheckBuffer(invocation, first as Block, report);
            }
            else if (method.Name == "Open")
            {
                DescriptorRule.CheckOpening(invocation, Descriptors.OwnEnd(first as Descriptor), report);
            }
        }
    }

    // A code block is a member; what runs is its body, or its initialisers.
    private IEnumerable<SyntaxNode> Roots(SyntaxNode codeBlock)
    {
        if (model.GetOperation(codeBlock, cancellation) is { Parent: null })
        {
            yield return codeBlock;
            yield break;
        }

        foreach (SyntaxNode node in codeBlock.DescendantNodesAndSelf(
            node => node is not (BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax)))
        {
            if (node is BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax)
            {
                yield return node;
            }
        }
    }

    private ControlFlowGraph? Graph(IOperation root) => root switch
    {
        IMethodBodyOperation body => ControlFlowGraph.Create(body, cancellation),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancellation),
        IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
        IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancellation),
        IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancellation),
        _ => null,
    };

    private static IEnumerable<IOperation> Operations(BasicBlock block)
    {
        foreach (IOperation operation in block.Operations)
        {
            foreach (IOperation inner in operation.DescendantsAndSelf())
            {
                yield return inner;
            }
        }

        if (block.BranchValue is { } value)
        {
            foreach (IOperation inner in value.DescendantsAndSelf())
            {
                yield return inner;
            }
        }
    }

    // A variable that a lambda, a local function, a pointer or a reference writes may change at any time: nothing is known of it.
    private static HashSet<ISymbol> WrittenInFunctions(IOperation root)
    {
        var written = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (IOperation operation in root.Descendants())
        {
            // Written through a pointer or a reference, at any time.
            if (operation is IAddressOfOperation { Reference: var reference } && VariableOf(reference) is ILocalSymbol pointed
                && SegmentType.Of(pointed.Type) is null)
            {
                written.Add(pointed);
            }
            else if (operation is IVariableDeclaratorOperation { Symbol.RefKind: RefKind.Ref, Initializer.Value: var referred }
                && VariableOf(referred) is { } variable)
            {
                written.Add(variable);
            }

            if (operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            {
                continue;
            }

            IMethodSymbol function = operation is IAnonymousFunctionOperation lambda ? lambda.Symbol : ((ILocalFunctionOperation)operation).Symbol;
            foreach (IOperation inner in operation.Descendants())
            {
                IOperation? target = inner switch
                {
                    IAssignmentOperation assignment => assignment.Target,
                    IIncrementOrDecrementOperation step => step.Target,
                    IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument.Value,
                    IAddressOfOperation address => address.Reference,
                    IInvocationOperation { TargetMethod.IsReadOnly: false, Instance: { Type.IsValueType: true } changed } => changed,
                    IInvocationOperation { Instance: { } grown } when ListCounts.IsList(grown.Type) => grown,
                    _ => null,
                };
                if (VariableOf(target) is { } captured && !SymbolEqualityComparer.Default.Equals(captured.ContainingSymbol, function))
                {
                    written.Add(captured);
                }
            }
        }

        return written;
    }

    /// <summary>The variable that is written, or of which a part is.</summary>
    private static ISymbol? VariableOf(IOperation? target) => AggregateValues.RootOf(target) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}

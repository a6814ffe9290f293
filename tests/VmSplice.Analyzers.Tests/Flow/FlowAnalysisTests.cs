using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Flow;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Flow;

/// <summary>The engine alone, under a policy that collects which methods may and must have been called.</summary>
public sealed class FlowAnalysisTests
{
    [Theory]
    [InlineData("A(); B();", "A! B!")]
    [InlineData("if (c) A(); else B();", "A? B?")]
    [InlineData("if (c) { A(); } else { A(); B(); }", "A! B?")]
    [InlineData("if (true) A(); else B();", "A!")]
    [InlineData("while (c) A(); B();", "A? B!")]
    [InlineData("do { A(); } while (c);", "A!")]
    [InlineData("for (int i = 0; i < 3; i++) { if (c) break; A(); }", "A?")]
    [InlineData("if (c) { A(); return; } B();", "A? B?")]
    [InlineData("if (c) { A(); throw new System.Exception(); } B();", "B!")]
    [InlineData("goto End; A(); End: B();", "B!")]
    [InlineData("switch (n) { case 1: A(); break; case 2: A(); B(); break; default: A(); break; }", "A! B?")]
    [InlineData("int x = c ? A() : B();", "A? B?")]
    [InlineData("try { A(); } finally { B(); }", "A! B!")]
    [InlineData("try { A(); B(); } catch { C(); }", "A? B? C?")]
    [InlineData("try { A(); } catch (System.IO.IOException) { B(); throw; } C();", "A! C!")]
    [InlineData("try { if (c) { A(); return; } } finally { B(); } C();", "A? B! C?")]
    [InlineData("while (true) { try { if (c) break; A(); } finally { B(); } }", "A? B!")]
    [InlineData("try { try { A(); } finally { B(); } } finally { C(); }", "A! B! C!")]
    [InlineData("try { throw new System.Exception(); } catch (System.Exception e) when (e.Message == \"\") { A(); } B();", "A! B!")]
    public void Path_StateAtEnd(string statements, string expected) => Assert.Equal(expected, Run(statements).End);

    [Theory]
    [InlineData("try { A(); } finally { Probe(); }", "A!")]
    [InlineData("try { A(); B(); } catch { Probe(); }", "A? B?")]
    [InlineData("try { if (c) { A(); return; } B(); } finally { } Probe();", "B!")]
    [InlineData("try { if (c) { A(); return; } B(); } finally { Probe(); }", "A? B?")]
    [InlineData("if (c) A(); Probe();", "A?")]
    [InlineData("while (c) { Probe(); A(); }", "A? Probe?")]
    public void Path_StateAtReport(string statements, string expected) => Assert.Equal(expected, Run(statements).Probe);

    [Theory]
    [InlineData("if (c) A(); if (c) Probe();", "A!")]
    [InlineData("if (c) A(); if (!c) Probe();", "")]
    [InlineData("bool done = false; if (n > 3) { A(); done = true; } if (done) Probe();", "A!")]
    [InlineData("bool done = false; if (n > 3) { A(); done = true; } if (!done) Probe();", "")]
    [InlineData("if (n == 2) A(); B(); if (n != 2) Probe();", "B!")]
    [InlineData("if (n < 2) A(); if (n >= 2) { } else Probe();", "A!")]
    [InlineData("if (c) A(); c = n > 1; if (c) Probe();", "A?")]
    [InlineData("if (n == 2) A(); n++; if (n == 2) Probe();", "A?")]
    [InlineData("if (Flag) A(); if (!Flag) Probe();", "")]
    [InlineData("if (n == 2) A(); void Change() => n++; Change(); if (n == 2) Probe();", "A? Change!")]
    [InlineData("if (n == 2) A(); System.Action change = () => n--; change(); if (n == 2) Probe();", "A? Invoke!")]
    [InlineData("if (n == 2) A(); System.Action change = () => Set(out n); change(); if (n == 2) Probe();", "A? Invoke!")]
    [InlineData("if (c) A(); System.Action change = () => (c, n) = (true, 1); change(); if (c) Probe();", "A? Invoke!")]
    [InlineData("if (Flag) A(); System.Action change = () => this.Flag = true; change(); if (Flag) Probe();", "A? Invoke!")]
    public void ConditionTestedTwice_PathsToldApart(string statements, string expected) => Assert.Equal(expected, Run(statements).Probe);

    /// <summary>A <c>finally</c> that two paths leave through is replayed with their join, which the fixpoint never saw.</summary>
    [Theory]
    [InlineData("A(); Probe();", null)]
    [InlineData("try { A(); } finally { Probe(); }", null)]
    [InlineData("try { if (c) { A(); return; } B(); } finally { Probe(); }", "A? B?")]
    public void NothingToReport_ReplayedWhereItSeesMore(string statements, string? expected)
    {
        ControlFlowGraph graph = GraphOf(statements);
        var calls = new CallPolicy(needsReplay: false);
        Assert.NotNull(FlowAnalysis<Calls>.Run(graph, calls, new Calls([], []), new FlowBudget(graph.Blocks.Length, CancellationToken.None), report: true));
        Assert.Equal(expected, calls.Probe);
    }

    [Fact]
    public void BudgetExceeded_ReasonGiven()
    {
        string statements = string.Concat(Enumerable.Range(0, 200).Select(i => $"try {{ A(); }} finally {{ B(); }} "));
        var budget = new FlowBudget(blocks: -60, CancellationToken.None);
        Assert.Null(Run(statements, budget).End);
        Assert.Equal("too many paths", budget.Exceeded);
    }

    [Fact]
    public void Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Run("A();", new FlowBudget(3, source.Token)));
    }

    private static (string? End, string? Probe) Run(string statements, FlowBudget? budget = null)
    {
        ControlFlowGraph graph = GraphOf(statements);
        var calls = new CallPolicy(needsReplay: true);
        var partitioned = new TracePartitioning<Calls>(calls, TraceConditions.Of(graph));
        TracePartitions<Calls>? end = FlowAnalysis<TracePartitions<Calls>>.Run(
            graph, partitioned, TracePartitioning<Calls>.Enter(new Calls([], [])), budget ?? new FlowBudget(graph.Blocks.Length, CancellationToken.None),
            report: true);
        return (end is null ? null : partitioned.Merge(end).ToString(), calls.Probe);
    }

    private static ControlFlowGraph GraphOf(string statements)
    {
        Compilation compilation = TestCompilation.Create(
            $$"""
            class P
            {
                const bool Never = false;
                bool Flag;
                int A() => 1; int B() => 2; int C() => 3; void Probe() { Flag = Never; } void Set(out int n) => n = 2;
                void M(bool c, int n) { {{statements}} }
            }
            """,
            new AnalyzerTestOptions { RunGenerator = false });
        TestCompilation.AssertNoErrors(compilation, "The source");
        SyntaxTree tree = compilation.SyntaxTrees.First();
        MethodDeclarationSyntax method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(one => one.Identifier.ValueText == "M");
        return ControlFlowGraph.Create(method, compilation.GetSemanticModel(tree))!;
    }

    private sealed class Calls(HashSet<string> may, HashSet<string> must)
    {
        public HashSet<string> May { get; } = may;

        public HashSet<string> Must { get; } = must;

        public override string ToString() => string.Join(' ', May.Order(StringComparer.Ordinal).Select(name => name + (Must.Contains(name) ? "!" : "?")));
    }

    private sealed class CallPolicy(bool needsReplay) : FlowPolicy<Calls>
    {
        public override bool NeedsReplay => needsReplay;

        public string? Probe { get; private set; }

        public override Calls Copy(Calls state) => new([.. state.May], [.. state.Must]);

        public override bool Join(Calls into, Calls from, int visits)
        {
            int before = into.May.Count - into.Must.Count;
            int known = into.May.Count;
            into.May.UnionWith(from.May);
            into.Must.IntersectWith(from.Must);
            return into.May.Count != known || into.May.Count - into.Must.Count != before;
        }

        public override bool Visit(IOperation operation, Calls state)
        {
            foreach (IInvocationOperation call in operation.DescendantsAndSelf().OfType<IInvocationOperation>())
            {
                if (call.TargetMethod.Name == "Probe" && Mode == FlowMode.Reporting)
                {
                    Probe = state.ToString();
                }

                state.May.Add(call.TargetMethod.Name);
                state.Must.Add(call.TargetMethod.Name);
            }

            return true;
        }
    }
}

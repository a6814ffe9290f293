using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Tests.Testing;
using Xunit;

namespace VmSplice.Analyzers.Tests.Flow;

/// <summary>
/// The compiler has no operation for pointers: <c>OperationKind.None</c>, whose children and syntax the analyzers read. The day it gets one, what
/// is done through a pointer would no longer be seen, and no other test would say why.
/// </summary>
public sealed class PointerOperationsTests
{
    [Theory]
    [InlineData("*p = 1;")]
    [InlineData("p[0] = 1;")]
    [InlineData("p->Field = 1;")]
    public void PointerWork_HasNoOperationOfItsOwn(string statement)
    {
        Compilation compilation = TestCompilation.Create(
            $$"""
            public struct S { public int Field; public static implicit operator S(int n) => new() { Field = n }; }
            public static unsafe class Program { public static void M(S* p) { {{statement}} } }
            """,
            AnalyzerTestOptions.Default);
        TestCompilation.AssertNoErrors(compilation, "The program");
        SyntaxTree tree = compilation.SyntaxTrees.First(one => one.FilePath == TestCompilation.MainFile);
        AssignmentExpressionSyntax assignment = tree.GetRoot().DescendantNodes().OfType<AssignmentExpressionSyntax>().Last();
        ExpressionSyntax pointer = statement.StartsWith("p->", StringComparison.Ordinal) ? ((MemberAccessExpressionSyntax)assignment.Left).Expression
            : assignment.Left;
        SemanticModel model = compilation.GetSemanticModel(tree);
        IOperation? operation = statement.StartsWith("p->", StringComparison.Ordinal)
            ? model.GetOperation(assignment)!.Descendants().First(one => one.Kind == OperationKind.None)
            : model.GetOperation(pointer);
        Assert.NotNull(operation);
        Assert.True(operation.Kind
            == OperationKind.None, $"'{pointer}' is a {operation.Kind} now: Locations.IsLocation and Expressions.EvaluateUnnamed must learn it.");
    }

    [Theory]
    [InlineData("int* p = stackalloc int[4];", "stackalloc int[4]")]
    [InlineData("int* p = stackalloc[] { 1, 2 };", "stackalloc[] { 1, 2 }")]
    [InlineData("fixed (int* p = array) { p[0] = 1; }", "fixed (int* p = array) { p[0] = 1; }")]
    public void StackMemoryAndPins_HaveNoOperationOfTheirOwn(string statement, string without)
    {
        Compilation compilation = TestCompilation.Create(
            $$"""public static unsafe class Program { public static void M(int[] array) { {{statement}} } }""",
            AnalyzerTestOptions.Default);
        TestCompilation.AssertNoErrors(compilation, "The program");
        SyntaxTree tree = compilation.SyntaxTrees.First(one => one.FilePath == TestCompilation.MainFile);
        SyntaxNode node = tree.GetRoot().DescendantNodes().First(one => one.ToString() == without);
        IOperation? operation = compilation.GetSemanticModel(tree).GetOperation(node);
        Assert.NotNull(operation);
        Assert.True(operation.Kind == OperationKind.None, $"'{without}' is a {operation.Kind} now: CreatedValues.StackAllocation and Creations must learn it.");
    }
}

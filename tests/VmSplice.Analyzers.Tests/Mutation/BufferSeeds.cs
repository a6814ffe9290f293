using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.Analyzers.Tests.Mutation;

/// <summary>Mistakes with page buffers and records: every place where one can be made, each by itself.</summary>
internal static class BufferSeeds
{
    public static IEnumerable<Seed> Of(SyntaxNode root, SemanticModel model)
    {
        foreach (InvocationExpressionSyntax call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Send" or "Gift" }
                && call.ArgumentList.Arguments is [{ Expression: { } buffer }, ..]
                && buffer is IdentifierNameSyntax or MemberAccessExpressionSyntax
                && IsBuffer(model.GetTypeInfo(buffer).Type)
                && call.Parent is ExpressionStatementSyntax statement)
            {
                foreach (Seed seed in AfterSend(root, statement, buffer))
                {
                    yield return seed;
                }
            }
        }

        foreach (LocalDeclarationStatementSyntax declaration in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>())
        {
            foreach (Seed seed in OfDeclaration(root, declaration, model))
            {
                yield return seed;
            }
        }
    }

    private static IEnumerable<Seed> AfterSend(SyntaxNode root, ExpressionStatementSyntax send, ExpressionSyntax buffer)
    {
        yield return Seed.Around("write after the send", root, send, "", $"{buffer}[0] = default;");
        yield return Seed.Around("write through a span taken before the send", root, send, $"var seededView = {buffer}.Span;", "seededView[0] = default;");
        yield return Seed.Around("read a span taken before the send", root, send, $"var seededView = {buffer}.Span;", "_ = seededView[0];");
        yield return Seed.Around("read the buffer after the send", root, send, "", $"_ = {buffer}[0];");
        yield return Seed.Around("send twice", root, send, "", send.ToString());
        if (send.Parent is not BlockSyntax block)
        {
            yield break;
        }

        foreach (StatementSyntax write in block.Statements.TakeWhile(one => one != send).Where(one => Writes(one, buffer.ToString())))
        {
            SyntaxList<StatementSyntax> moved = block.Statements.Remove(write);
            int after = block.Statements.IndexOf(send);
            yield return Seed.Replace("move a write past the send", root, block,
                block.WithStatements(moved.Insert(after, write))) with { Place = write.ToString() };
        }
    }

    private static bool Writes(StatementSyntax statement, string buffer)
    {
        if (statement is not ExpressionStatementSyntax { Expression: var expression })
        {
            return false;
        }

        ExpressionSyntax? target = expression switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left,
            PostfixUnaryExpressionSyntax postfix => postfix.Operand,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Fill" or "Clear" or "Reverse" } access } =>
                access.Expression,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CopyTo" }, ArgumentList.Arguments: [{ } to] } =>
                to.Expression,
            _ => null,
        };
        return target?.ToString() is { } text
            && (text.StartsWith(buffer + "[", StringComparison.Ordinal) || text.StartsWith(buffer + ".Span", StringComparison.Ordinal));
    }

    private static IEnumerable<Seed> OfDeclaration(SyntaxNode root, LocalDeclarationStatementSyntax declaration, SemanticModel model)
    {
        if (declaration.Declaration.Variables is not [{ Initializer.Value: { } value } variable])
        {
            yield break;
        }

        string name = variable.Identifier.ValueText;
        if (declaration.UsingKeyword != default && IsBuffer(model.GetTypeInfo(value).Type) && declaration.Parent is BlockSyntax block)
        {
            // Where every path sends the buffer, using is not needed: the mistake is complete without the send.
            StatementSyntax[] sends = [.. block.DescendantNodes().OfType<ExpressionStatementSyntax>().Where(one =>
                one.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Send" or "Gift" },
                    ArgumentList.Arguments: [{ } sent, ..] }
                && sent.Expression.ToString() == name)];
            SyntaxNode without = root.ReplaceNodes(
                [declaration, .. sends],
                (old, _) => old == declaration ? declaration.WithUsingKeyword(default) : SyntaxFactory.EmptyStatement());
            yield return new Seed("drop using and the send", without, declaration.ToString());
        }

        string source = value.ToString();
        if (value is RefExpressionSyntax && source.EndsWith(".Next()", StringComparison.Ordinal))
        {
            string writer = source["ref ".Length..^".Next()".Length];
            yield return Seed.Around("use a record after its writer moved on", root, declaration, "", $"{writer}.Flush();\n{name} = default;");
        }

        if (source.EndsWith(".ReadBatch()", StringComparison.Ordinal))
        {
            yield return Seed.Around("use a batch after its reader moved on", root, declaration, "", $"{source};\n_ = {name}[0];");
        }
    }

    private static bool IsBuffer(ITypeSymbol? type) => type is { Name: "PageBuffer", ContainingNamespace.Name: "VmSplice" };
}

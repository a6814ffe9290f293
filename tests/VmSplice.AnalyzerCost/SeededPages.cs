using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.AnalyzerCost;

/// <summary>
/// Sends pages through code that has other things to do: each method with a body rents a buffer first, and each block in it
/// writes to it, hands it over, replaces it, disposes it or makes a raw call with it, in turn. Right or wrong does not matter;
/// what matters is that every statement of the original lies between such uses.
/// </summary>
internal sealed class SeededPages : CSharpSyntaxRewriter
{
    private static readonly StatementSyntax[] s_first =
    [
        SyntaxFactory.ParseStatement("var seededPages = VmSplice.PageBuffer<byte>.Allocate(4096);\n"),
        SyntaxFactory.ParseStatement("VmSplice.SpliceWriter seededWriter = default!;\n"),
        SyntaxFactory.ParseStatement("Microsoft.Win32.SafeHandles.SafePipeHandle seededPipe = default!;\n"),
    ];

    private static readonly StatementSyntax[] s_uses =
    [
        SyntaxFactory.ParseStatement("seededPages.Span[0] = 1;\n"),
        SyntaxFactory.ParseStatement("seededWriter.Send(seededPages);\n"),
        SyntaxFactory.ParseStatement("seededPages.Memory.Span.Slice(1).Fill(2);\n"),
        SyntaxFactory.ParseStatement("seededPages = seededWriter.Rent<byte>(100);\n"),
        SyntaxFactory.ParseStatement(
            """
            unsafe
            {
                byte* seededStack = stackalloc byte[64];
                VmSplice.RawPipe.VmSplice(seededPipe, new VmSplice.IoVec((nint)seededStack, 64), VmSplice.SpliceFlags.Gift);
            }

            """),
        SyntaxFactory.ParseStatement("seededWriter.Gift(seededPages);\n"),
        SyntaxFactory.ParseStatement("seededPages.Dispose();\n"),
    ];

    private int _depth;
    private int _turn;

    public static SyntaxTree In(SyntaxTree tree)
        => CSharpSyntaxTree.ParseText(new SeededPages().Visit(tree.GetRoot()).ToFullString(), (CSharpParseOptions)tree.Options, tree.FilePath);

    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        if (node.Body is null || _depth > 0)
        {
            return node;
        }

        _depth++;
        var changed = (MethodDeclarationSyntax)base.VisitMethodDeclaration(node)!;
        _depth--;
        return changed.WithBody(changed.Body!.WithStatements(changed.Body.Statements.InsertRange(0, s_first)));
    }

    public override SyntaxNode? VisitBlock(BlockSyntax node)
    {
        var changed = (BlockSyntax)base.VisitBlock(node)!;
        return _depth == 0 ? changed : changed.WithStatements(changed.Statements.Insert(changed.Statements.Count / 2, s_uses[_turn++ % s_uses.Length]));
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Raw;
using VmSplice.Analyzers.Text;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Usage;

/// <summary>
/// VMS4008: a child is waited for while the pipe that it reads is open. A child that reads to the end waits for that end, and the program for it.
/// Whether it does, the source does not say, so this is information. Said only where nobody else has the writer, the link or the child.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class OpenInputAnalyzer : DiagnosticAnalyzer
{
    private const string Wait = "WaitForExit";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [UsageRules.InputOpen];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        FilesWithSymbols.Register(context, CheckAll);
    }

    private static void CheckAll(SemanticModelAnalysisContext context, RuntimeSymbols symbols)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!TextSearch.Contains(tree.GetText(context.CancellationToken), Wait))
        {
            return;
        }

        foreach (InvocationExpressionSyntax call in FileSyntax.Of(tree, context.CancellationToken).Calls)
        {
            if (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: Wait or "WaitForExitAsync" } access
                && (access.Name.Identifier.ValueText != Wait || call.ArgumentList.Arguments.Count == 0) && FunctionScope.Of(call) is { } scope)
            {
                Check(context, call, access.Expression, scope, symbols);
            }
        }
    }

    private static void Check(SemanticModelAnalysisContext context, InvocationExpressionSyntax wait, ExpressionSyntax child, SyntaxNode scope,
        RuntimeSymbols symbols)
    {
        SemanticModel model = context.SemanticModel;
        string? open = child is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Child", Expression: IdentifierNameSyntax link }
            ? model.GetSymbolInfo(link, context.CancellationToken).Symbol is ILocalSymbol { Type: { Name: "SpliceLink" } type } opened
            && RuntimeNamespace.Holds(type)
                && IsLinkOpen(opened, scope, wait, model, context.CancellationToken) ? opened.Name + ".Writer" : null
            : child is IdentifierNameSyntax ? OpenWriter(child, scope, wait, model, symbols, context.CancellationToken) : null;
        if (open is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                UsageRules.InputOpen, wait.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add(FindingProperties.Writer, open),
                    Excerpt.Of(child), open));
        }
    }

    /// <summary>A link of which nothing but its writer was used so far, and that for sending alone.</summary>
    private static bool IsLinkOpen(ILocalSymbol link, SyntaxNode scope, SyntaxNode wait, SemanticModel model, CancellationToken cancellation)
    {
        bool sends = false;
        foreach (SimpleNameSyntax name in FunctionScope.Mentions(scope, link, model, cancellation).Where(name => IsBefore(name, wait, scope)))
        {
            switch (FunctionScope.MemberOf(name))
            {
                case "Writer" when name.Parent is MemberAccessExpressionSyntax writer && IsSend(FunctionScope.MemberOf(writer)):
                    sends = true;
                    break;
                case "Child" when name.Parent is MemberAccessExpressionSyntax process && IsHarmless(FunctionScope.MemberOf(process)):
                case "StandardErrorTail":
                    break;
                default:
                    return false;
            }
        }

        return sends;
    }

    /// <summary>The writer of a child's input that is surely open at the wait; null where there is none.</summary>
    private static string? OpenWriter(ExpressionSyntax child, SyntaxNode scope, SyntaxNode wait, SemanticModel model, RuntimeSymbols symbols,
        CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(child, cancellation).Symbol is not (ILocalSymbol or IParameterSymbol)
            || model.GetSymbolInfo(child, cancellation).Symbol is not { } process)
        {
            return null;
        }

        VariableDeclaratorSyntax? opening = null;
        foreach (SimpleNameSyntax name in FunctionScope.Mentions(scope, process, model, cancellation).Where(name => IsBefore(name, wait, scope)))
        {
            if (OpeningWith(name) is { } variable)
            {
                opening = variable;
            }
            else if (!IsHarmless(FunctionScope.MemberOf(name)))
            {
                return null;
            }
        }

        return opening is not null && model.GetDeclaredSymbol(opening, cancellation) is ILocalSymbol writer
            && symbols.Of(writer.Type) == SpliceType.SpliceWriter
            && opening.Parent!.Parent is { } declaration && Around(declaration).Contains(wait) && FunctionScope.Of(opening) == scope
            && IsOnlySentTo(writer, scope, wait, model, cancellation) ? writer.Name : null;
    }

    private static SyntaxNode Around(SyntaxNode declaration) => declaration is UsingStatementSyntax statement ? statement.Statement : declaration.Parent!;

    private static bool IsOnlySentTo(ILocalSymbol writer, SyntaxNode scope, SyntaxNode wait, SemanticModel model, CancellationToken cancellation)
    {
        bool sends = false;
        foreach (SimpleNameSyntax name in FunctionScope.Mentions(scope, writer, model, cancellation).Where(name => IsBefore(name, wait, scope)))
        {
            if (!IsSend(FunctionScope.MemberOf(name)))
            {
                return false;
            }

            sends = true;
        }

        return sends;
    }

    private static VariableDeclaratorSyntax? OpeningWith(SimpleNameSyntax process)
        => process.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && call.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            && CalledName.Of(call) == "OpenChildInput" ? variable : null;

    /// <summary>What a loop around the wait does behind it comes before it too.</summary>
    private static bool IsBefore(SyntaxNode name, SyntaxNode wait, SyntaxNode scope)
        => name.SpanStart < wait.SpanStart
        || (!wait.Span.Contains(name.Span) && wait.Ancestors().TakeWhile(one => one != scope).Any(one => FunctionScope.IsLoop(one)
        && one.Span.Contains(name.Span)));

    private static bool IsSend(string? member)
        => member is "Send" or "SendAsync" or "SendAll" or "SendAllAsync" or "Gift" or "GiftAsync" or "Write" or "WriteAsync" or "Rent"
            or "RentUninitialized" or "BytesAccepted";

    private static bool IsHarmless(string? member)
        => member is "Start" or "Id" or "HasExited" or "ExitCode" or "StandardOutput" or "StandardError" or "StartInfo" or "EnableRaisingEvents"
            or "BeginOutputReadLine" or "BeginErrorReadLine"
            or "OutputDataReceived" or "ErrorDataReceived" or "ProcessName";
}

using Microsoft.CodeAnalysis.Diagnostics;
using VmSplice.Analyzers.Library;
using VmSplice.Analyzers.Text;

namespace VmSplice.Analyzers.Usage;

/// <summary>For rules that look at a file's text first: registers nothing in a compilation that does not use the runtime.</summary>
internal static class FilesWithSymbols
{
    /// <summary>Has each file looked at, with the symbols of the runtime.</summary>
    internal static void Register(AnalysisContext context, Action<SemanticModelAnalysisContext, RuntimeSymbols> check)
        => context.RegisterCompilationStartAction(start =>
        {
            if (Mentions.Any(start.Compilation, start.CancellationToken) && RuntimeSymbols.Of(start.Compilation) is { Any: true } symbols)
            {
                start.RegisterSemanticModelAction(file => check(file, symbols));
            }
        });
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>
/// What every test program gets, one line for a finding, in the file that the variable names: two files show whether a change of the
/// analyzers changed what they find. CONTRIBUTING.md has the commands.
/// </summary>
internal static class FindingsLog
{
    private const string Variable = "VMSPLICE_FINDINGS_LOG";

    private static readonly string? s_path = Environment.GetEnvironmentVariable(Variable);
    private static readonly Lock s_gate = new();

    public static void Add(Compilation compilation, DiagnosticAnalyzer[] analyzers, IReadOnlyCollection<Diagnostic> found)
    {
        if (s_path is null)
        {
            return;
        }

        string program = NameOf(compilation, analyzers);
        StringBuilder lines = new();
        foreach (Diagnostic one in found)
        {
            FileLinePositionSpan at = one.Location.GetLineSpan();
            string message = one.GetMessage(CultureInfo.InvariantCulture).ReplaceLineEndings(" ");
            lines.Append(
                CultureInfo.InvariantCulture, $"{program} {at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1} {one.Severity} {one.Id} "
                    + $"{message}\n");
        }

        lock (s_gate)
        {
            File.AppendAllText(s_path, found.Count == 0 ? program + " silent\n" : lines.ToString());
        }
    }

    /// <summary>The same for the same sources under the same analyzers, whichever test it is that runs them.</summary>
    private static string NameOf(Compilation compilation, DiagnosticAnalyzer[] analyzers)
    {
        IEnumerable<string> parts = compilation.SyntaxTrees.Select(tree => tree.ToString())
            .Concat(analyzers.Select(one => one.GetType().Name).Order(StringComparer.Ordinal));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..16];
    }
}

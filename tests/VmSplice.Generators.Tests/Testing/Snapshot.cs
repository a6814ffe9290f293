using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace VmSplice.Generators.Tests.Testing;

/// <summary>
/// Compares generated files with those checked in beside the test, in Verify's naming and way of working: a difference
/// writes <c>*.received.cs</c> and fails; to accept it, rename the file. To move to Verify, replace the body of
/// <see cref="Match"/> by a call of it.
/// </summary>
internal static partial class Snapshot
{
    public static void Match(Generated generated, [CallerFilePath] string file = "", [CallerMemberName] string test = "")
    {
        string folder = Path.GetDirectoryName(file)!;
        string prefix = $"{Path.GetFileNameWithoutExtension(file)}.{test}#";
        var wrong = new List<string>();
        var expected = new HashSet<string>(Directory.GetFiles(folder, prefix + "*.verified.cs").Select(Path.GetFileName)!, StringComparer.Ordinal);
        foreach (GeneratedSourceResult source in generated.Files)
        {
            string name = prefix + Path.GetFileNameWithoutExtension(source.HintName);
            string text = ToolVersion().Replace(source.SourceText.ToString(), "\"{version}\"");
            string verified = Path.Combine(folder, name + ".verified.cs");
            string received = Path.Combine(folder, name + ".received.cs");
            expected.Remove(name + ".verified.cs");
            if (File.Exists(verified) && File.ReadAllText(verified).ReplaceLineEndings("\n") == text)
            {
                File.Delete(received);
            }
            else
            {
                File.WriteAllText(received, text);
                wrong.Add($"{name}.received.cs differs from what is verified:\n{text}");
            }
        }

        wrong.AddRange(expected.Select(left => $"{left} is no longer generated."));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [GeneratedRegex(@"""\d+\.\d+\.\d+""")]
    private static partial Regex ToolVersion();
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>The options an analyzer sees: an <c>.editorconfig</c> and additional files, both from text.</summary>
internal static class EditorConfig
{
    public static AnalyzerConfigOptionsResult Parse(AnalyzerTestOptions options)
    {
        AnalyzerConfig config = AnalyzerConfig.Parse("root = true\n" + options.EditorConfig, "/test/.editorconfig");
        return AnalyzerConfigSet.Create(ImmutableArray.Create(config)).GetOptionsForSourcePath(TestCompilation.MainFile);
    }

    public static AnalyzerOptions ToAnalyzerOptions(AnalyzerTestOptions options)
        => new(
            [.. options.AdditionalFiles.Select(file => (AdditionalText)new TextFile(file.Path, file.Text))],
            new Provider(new Options(Parse(options).AnalyzerOptions)));

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Provider(AnalyzerConfigOptions options) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => options;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => options;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => options;
    }

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

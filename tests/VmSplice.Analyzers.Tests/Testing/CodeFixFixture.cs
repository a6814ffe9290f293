using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>A workspace of one project, with the analyzer and the fix under test.</summary>
internal sealed class CodeFixFixture : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly DiagnosticAnalyzer[] _analyzers;
    private readonly CodeFixProvider _fix;
    private readonly DocumentId _main;

    /// <param name="analyzers">What the result is judged by.</param>
    public CodeFixFixture(DiagnosticAnalyzer[] analyzers, CodeFixProvider fix, CodeFixTestOptions options, string source)
    {
        _analyzers = analyzers;
        _fix = fix;
        Options = options;
        // Marks are for the reader here: what is fixed is whatever the analyzer reports.
        string text = Markup.Parse(source, "").Text;
        var project = ProjectId.CreateNewId();
        Solution solution = _workspace.CurrentSolution
            .AddProject(project, "Test", "Test", LanguageNames.CSharp)
            .WithProjectParseOptions(project, TestCompilation.ParseOptions)
            .WithProjectCompilationOptions(project, TestCompilation.OptionsFor(text, options.Analyzer))
            .WithProjectMetadataReferences(project, TestCompilation.ReferencesOf(options.Analyzer));
        if (options.Analyzer.RunGenerator)
        {
            solution = solution.AddAnalyzerReference(project, new AnalyzerFileReference(PackageGenerators.AssemblyPath, new Loader()));
        }

        foreach ((string path, string content) in TestCompilation.Files(text, options.Analyzer))
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(project), Path.GetFileName(path), SourceText.From(content), filePath: path);
        }

        foreach ((string path, string content) in options.Analyzer.AdditionalFiles)
        {
            solution = solution.AddAdditionalDocument(
                DocumentId.CreateNewId(project), Path.GetFileName(path), SourceText.From(content), filePath: path);
        }

        Start = solution;
        _main = solution.GetProject(project)!.Documents.Single(d => d.FilePath == TestCompilation.MainFile).Id;
    }

    public CodeFixTestOptions Options { get; }

    public Solution Start { get; }

    public static async Task<Solution> ApplyAsync(CodeAction action)
        => Assert.Single((await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>()).ChangedSolution;

    public async Task<string> TextAsync(Solution solution)
        => (await solution.GetDocument(_main)!.GetTextAsync()).ToString();

    public async Task AssertCompilesAsync(Solution solution, string what)
    {
        if (!Options.Analyzer.AllowCompilerErrors)
        {
            TestCompilation.AssertNoErrors((await solution.GetProject(_main.ProjectId)!.GetCompilationAsync())!, what);
        }
    }

    public async Task<Compilation> CompilationAsync(Solution solution) => (await solution.GetProject(_main.ProjectId)!.GetCompilationAsync())!;

    /// <summary>All that the analyzers report.</summary>
    public async Task<ImmutableArray<Diagnostic>> ReportedAsync(Solution solution)
    {
        // As they are now: a fix may have changed them.
        var files = new List<(string Path, string Text)>();
        foreach (TextDocument file in solution.GetProject(_main.ProjectId)!.AdditionalDocuments)
        {
            files.Add((file.FilePath!, (await file.GetTextAsync()).ToString()));
        }

        return await AnalyzerRun.DiagnosticsOfAsync(
            await CompilationAsync(solution), Options.Analyzer with { AdditionalFiles = [.. files] }, _analyzers);
    }

    public async Task<ImmutableArray<Diagnostic>> FixableAsync(Solution solution)
        => [.. (await ReportedAsync(solution)).Where(d => _fix.FixableDiagnosticIds.Contains(d.Id) && d.Location.IsInSource)];

    public async Task<CodeAction?> ActionForAsync(Solution solution, Diagnostic diagnostic)
        => (await ActionsForAsync(solution, diagnostic)).FirstOrDefault(action => Options.Title is null
            || action.Title.Contains(Options.Title, StringComparison.Ordinal));

    /// <summary>Every choice that is offered for one diagnostic.</summary>
    public async Task<IReadOnlyList<CodeAction>> ActionsForAsync(Solution solution, Diagnostic diagnostic)
    {
        var offered = new List<CodeAction>();
        Document document = solution.GetDocument(diagnostic.Location.SourceTree)!;
        await _fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), CancellationToken.None));
        return offered;
    }

    public async Task<Solution> FixAllAsync(FixAllScope scope)
    {
        CodeAction? first = null;
        foreach (Diagnostic diagnostic in await FixableAsync(Start))
        {
            first ??= await ActionForAsync(Start, diagnostic);
        }

        return await FixAllAsync(scope, first!.EquivalenceKey);
    }

    /// <param name="scope">Where.</param>
    /// <param name="key">Which choice.</param>
    public async Task<Solution> FixAllAsync(FixAllScope scope, string? key)
    {
        FixAllProvider provider = _fix.GetFixAllProvider() ?? throw new InvalidOperationException($"{_fix.GetType().Name} has no fix-all.");
        Assert.Contains(scope, provider.GetSupportedFixAllScopes());
        var context = new FixAllContext(
            Start.GetDocument(_main)!, _fix, scope, key, _fix.FixableDiagnosticIds, new Provider(this), CancellationToken.None);
        CodeAction? all = await provider.GetFixAsync(context);
        Assert.NotNull(all);
        return await ApplyAsync(all);
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class Provider(CodeFixFixture fixture) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => await fixture.FixableAsync(project.Solution);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await fixture.FixableAsync(document.Project.Solution)).Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}

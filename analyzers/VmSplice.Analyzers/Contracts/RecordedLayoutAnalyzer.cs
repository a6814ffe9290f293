using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using VmSplice.Analyzers.Contracts.Rules;
using VmSplice.Analyzers.Library;
using VmSplice.Generators.Parsing;
using VmSplice.RuleContract;

namespace VmSplice.Analyzers.Contracts;

/// <summary>VMS1013: compares each spliceable type with the layout file. Silent in a project without such a file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecordedLayoutAnalyzer : DiagnosticAnalyzer
{
    private static readonly SourceTextValueProvider<LayoutFile> s_files = new(LayoutFile.Parse);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [RecordedLayouts.Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A type may be another generator's as a whole; programs know it all the same.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Options.AdditionalFiles.FirstOrDefault(one => LayoutFile.IsAt(one.Path)) is { } additional
                && additional.GetText(start.CancellationToken) is { } text
                && start.TryGetValue(text, s_files, out LayoutFile? file)
                && RuntimeSymbols.Of(start.Compilation).SpliceableAttribute is not null)
            {
                start.RegisterSymbolAction(symbol => AnalyzeType(symbol, file), SymbolKind.NamedType);
                start.RegisterAdditionalFileAction(one => AnalyzeFile(one, additional, text, file));
            }
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context, LayoutFile file)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Struct or TypeKind.Class)
            || !RecordParser.IsMarked(type)
            || GeneratedTrees.UsersNameOf(type, context.CancellationToken) is not { } name)
        {
            return;
        }

        // What is wrong with a declaration is said by other rules; it has no layout to compare.
        ImmutableArray<RecordedLayout> declared = DeclaredBy(type, context.Compilation, context.CancellationToken);
        if (declared.IsEmpty)
        {
            return;
        }

        RecordedLayout[] recorded = [.. file.Of(declared[0].Type)];
        string? broken = BrokenPromise(recorded, declared);
        if ((broken ?? Unrecorded(recorded, declared)) is not { } problem)
        {
            return;
        }

        string lines = string.Join("\n\n", declared.Select(layout => string.Join("\n", layout.Lines)));
        DiagnosticSeverity severity = broken is null ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error;
        ImmutableDictionary<string, string?> properties = Properties(declared[0].Type, lines, isBroken: broken is not null);
        context.ReportDiagnostic(Diagnostic.Create(RecordedLayouts.Descriptor, name, severity, null, properties, type.ShortName(), problem));
    }

    private static ImmutableArray<RecordedLayout> DeclaredBy(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (type.TypeKind == TypeKind.Class)
        {
            return BufferParser.Parse(type, compilation, [], cancellation) is { } buffer ? [RecordedLayout.Of(buffer)] : [];
        }

        return RecordParser.Parse(type, compilation, [], cancellation) is { } record
            ? RecordedLayout.Of(record, RecordParser.InstanceFieldsOf(type).Max(VersionParser.VersionOf)) : [];
    }

    /// <summary>What programs that know the recorded layouts do not understand any more; the first of it.</summary>
    private static string? BrokenPromise(RecordedLayout[] recorded, ImmutableArray<RecordedLayout> declared)
    {
        foreach (RecordedLayout old in recorded.OrderBy(layout => layout.Version))
        {
            string what = $"differs from version {old.Version} in {LayoutFile.Name}, and programs that know it refuse the new one: ";
            if (declared.FirstOrDefault(layout => layout.Version == old.Version) is not { } now)
            {
                return what + $"no field is [Since({old.Version})]; restore it, or record the change";
            }

            if (!now.IsSameAs(old))
            {
                bool mayGrow = now.Size != "buffer" && LayoutDifference.IsAppended(old, now);
                return what + LayoutDifference.Of(old, now) + (mayGrow
                    ? $"; mark what is new [Since({recorded.Max(layout => layout.Version) + 1})], or record the change"
                    : "; restore it, or record the change");
            }
        }

        return null;
    }

    private static string? Unrecorded(RecordedLayout[] recorded, ImmutableArray<RecordedLayout> declared)
    {
        int[] missing = [.. declared.Select(layout => layout.Version).Except(recorded.Select(layout => layout.Version))];
        string which = recorded.Length == 0 ? $"is not in {LayoutFile.Name}" : $"is in {LayoutFile.Name} without version {string.Join(" and ", missing)}";
        return missing.Length == 0 ? null : which + ", so nothing notices an incompatible change of it; record it";
    }

    private static void AnalyzeFile(AdditionalFileAnalysisContext context, AdditionalText additional, SourceText text, LayoutFile file)
    {
        if (context.AdditionalFile.Path != additional.Path)
        {
            return;
        }

        foreach ((TextSpan line, string problem) in file.Problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                RecordedLayouts.Descriptor, LocationOf(line), text.ToString(line).Trim(), $"{problem}; correct it, or remove it and record the type again"));
        }

        foreach (IGrouping<string, LayoutFile.Place> type in file.Places.GroupBy(place => place.Layout.Type))
        {
            if (!IsDeclared(context.Compilation.Assembly.GlobalNamespace, type.Key.Split('.'), 0))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    RecordedLayouts.Descriptor, LocationOf(type.First().Head), DiagnosticSeverity.Warning, null, Properties(type.Key, "", isBroken: true),
                    type.Key, "is recorded, and there is no such spliceable type; restore it, write its new name here, or remove its lines"));
            }
        }

        Location LocationOf(TextSpan line) => Location.Create(additional.Path, line, text.Lines.GetLinePositionSpan(line));
    }

    private static bool IsDeclared(INamespaceOrTypeSymbol within, string[] names, int at)
        => at == names.Length
            ? within is INamedTypeSymbol type && RecordParser.IsMarked(type)
            : within.GetMembers(names[at]).OfType<INamespaceOrTypeSymbol>().Any(member => IsDeclared(member, names, at + 1));

    private static ImmutableDictionary<string, string?> Properties(string type, string layouts, bool isBroken)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add(FindingProperties.RecordedType, type).Add(FindingProperties.Layouts, layouts);
        return isBroken ? properties.Add(FindingProperties.BreaksRecord, "") : properties;
    }
}

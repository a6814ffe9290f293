using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VmSplice.Generators.Parsing;

/// <summary>
/// What the parser can read of a project: its declarations, its references and its options. It holds files, but no symbol and no compilation.
/// </summary>
internal sealed class ProjectVersion(Compilation compilation)
{
    private readonly string? _name = compilation.AssemblyName;
    private readonly CompilationOptions _options = compilation.Options;
    private readonly ImmutableArray<MetadataReference> _references = compilation.ExternalReferences;
    private readonly ImmutableArray<SyntaxTree> _files = ((CSharpCompilation)compilation).SyntaxTrees;

    /// <summary>The comparison before. Thousands of declarations ask for the same one.</summary>
    private Comparison? _last;

    /// <summary>Whether everything declared here was declared in the same words before: then each name means what it meant.</summary>
    public bool DeclaresTheSameAs(ProjectVersion before)
    {
        if (_last is not { } last || !last.Before.TryGetTarget(out ProjectVersion compared) || compared != before)
        {
            // A version must not keep the one before alive, and with it all before that.
            _last = last = new Comparison(new WeakReference<ProjectVersion>(before), Compare(before));
        }

        return last.IsSame;
    }

    private bool Compare(ProjectVersion before)
    {
        if (_name != before._name
            || !_options.Equals(before._options)
            || !_references.SequenceEqual(before._references, ReferenceEquals)
            || _files.Length != before._files.Length)
        {
            return false;
        }

        for (int i = 0; i < _files.Length; i++)
        {
            if (_files[i] != before._files[i] && !DeclarationComparer.DeclareTheSame(before._files[i], _files[i]))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Comparison(WeakReference<ProjectVersion> Before, bool IsSame);
}

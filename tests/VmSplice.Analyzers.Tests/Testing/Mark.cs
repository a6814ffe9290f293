using Microsoft.CodeAnalysis.Text;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>One expected diagnostic.</summary>
internal readonly record struct Mark(string Id, TextSpan Span);

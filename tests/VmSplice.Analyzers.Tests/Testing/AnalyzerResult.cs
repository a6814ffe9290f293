using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace VmSplice.Analyzers.Tests.Testing;

/// <summary>The diagnostics of a test source that matched its marks, for assertions on messages and additional locations.</summary>
internal sealed record AnalyzerResult(Markup Source, ImmutableArray<Diagnostic> Diagnostics)
{
    public Diagnostic Single => Assert.Single(Diagnostics);

    /// <summary>The message of the only diagnostic.</summary>
    public string Message => Single.GetMessage(CultureInfo.InvariantCulture);

    public IEnumerable<string> Messages => Diagnostics.Select(d => d.GetMessage(CultureInfo.InvariantCulture));

    /// <summary>Asserts that the only diagnostic points, besides its own place, at <c>{|#name:…|}</c> of the source.</summary>
    public void AssertPointsAt(string place)
    {
        TextSpan expected = Source.Places[place];
        Assert.Contains(expected, Single.AdditionalLocations.Select(location => location.SourceSpan));
    }
}

namespace VmSplice.Benchmarks.Harness;

/// <summary>Two ways that do the same work, measured in turn.</summary>
/// <param name="Case">What it is called behind the suite: <c>ratio suite/case value</c>.</param>
/// <param name="Ours">Our way.</param>
/// <param name="Theirs">What it is compared with.</param>
/// <param name="Bytes">The bytes of a round.</param>
/// <param name="AtLeast">The ratio that is promised; 0 where none is.</param>
internal sealed record Comparison(string Case, Side Ours, Side Theirs, long Bytes, double AtLeast = 0);

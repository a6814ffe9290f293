namespace Doctor;

/// <summary>One line of the report.</summary>
/// <param name="Topic">What it is about.</param>
/// <param name="Verdict">What it means.</param>
/// <param name="Found">What there is, and why.</param>
/// <param name="Change">What to do about it; nothing where there is nothing to do.</param>
internal sealed record Finding(string Topic, Verdict Verdict, string Found, string? Change = null);

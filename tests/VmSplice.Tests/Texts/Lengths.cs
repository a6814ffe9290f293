namespace VmSplice.Tests.Texts;

/// <summary>How long the texts and lists of one event are.</summary>
internal readonly record struct Lengths(int Message, int Samples);

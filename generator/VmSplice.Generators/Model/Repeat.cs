namespace VmSplice.Generators.Model;

/// <summary><paramref name="Count"/> values, each <paramref name="Stride"/> bytes after the one before.</summary>
internal readonly record struct Repeat(int Count, int Stride);

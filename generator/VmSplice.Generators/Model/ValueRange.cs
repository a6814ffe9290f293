namespace VmSplice.Generators.Model;

/// <summary>Numbers from <paramref name="Low"/> to <paramref name="High"/>, both included. A decimal holds every <c>long</c> and <c>ulong</c>.</summary>
internal readonly record struct ValueRange(decimal Low, decimal High);

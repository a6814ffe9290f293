using System.Runtime.CompilerServices;

namespace VmSplice.Analyzers;

/// <summary>
/// For the methods that every body goes through. A compiler that is started for one project ends before the runtime has made
/// good code of any of them: it runs them as quick, counting code to the end. What is marked with this is compiled well at once.
/// </summary>
internal static class Hot
{
    /// <summary><c>AggressiveOptimization</c>, which .NET Standard has no name for.</summary>
    public const MethodImplOptions Path = (MethodImplOptions)512;
}

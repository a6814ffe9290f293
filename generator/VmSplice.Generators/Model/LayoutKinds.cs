namespace VmSplice.Generators.Model;

/// <summary>The kinds of layout that a declaration can ask for.</summary>
internal enum LayoutKinds
{
    Sequential,
    Explicit,
    Auto,

    /// <summary>One that this version does not know.</summary>
    Other,
}

namespace VmSplice.Analyzers.Tests.Forms;

/// <summary>A table of forms.</summary>
public interface IForms
{
    static abstract Form[] Forms { get; }

    /// <summary>Whether the package is referenced; the raw rules work without it.</summary>
    static virtual bool ReferenceRuntime => true;
}

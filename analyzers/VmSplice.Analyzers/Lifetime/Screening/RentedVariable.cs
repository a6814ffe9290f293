using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace VmSplice.Analyzers.Lifetime.Screening;

/// <summary>A variable that holds a buffer from its declaration on, and no other ever.</summary>
internal sealed class RentedVariable(ILocalSymbol local, IBlockOperation? block, bool isDisposed, int loops)
{
    public ILocalSymbol Local => local;

    /// <summary>Where it is declared, and so where alone it may be given away.</summary>
    public IBlockOperation? Block => block;

    /// <summary>How many loops are around its declaration.</summary>
    public int Loops => loops;

    /// <summary>Whether it is declared with <c>using</c>.</summary>
    public bool IsDisposed => isDisposed;

    public List<ILocalSymbol> Views { get; } = [];

    public bool IsGone { get; set; }

    /// <summary>Whether somebody must still hand it over or dispose it.</summary>
    public bool IsPending => !isDisposed && !IsGone;

    public bool Shows(ILocalSymbol view)
    {
        foreach (ILocalSymbol one in Views)
        {
            if (SymbolEqualityComparer.Default.Equals(one, view))
            {
                return true;
            }
        }

        return false;
    }
}

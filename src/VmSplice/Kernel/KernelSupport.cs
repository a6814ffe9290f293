using System.Globalization;
using VmSplice.Kernel;

namespace VmSplice;

/// <summary>
/// What this machine gives to zero-copy pipes, found out by trying, once per process. Print it to see why data is
/// shared or copied.
/// </summary>
public sealed class KernelSupport
{
    // A probe that failed, because the process had no descriptor left, must not be the answer for ever.
    private static readonly Lazy<KernelSupport> Probed = new(static () => new KernelSupport(), LazyThreadSafetyMode.PublicationOnly);

    private KernelSupport()
    {
        (PageSharing, Reason) = PageSharingProbe.Run();
        (HugePages, HugePagesReason) = HugePageProbe.Run();
        MaxPipeCapacity = PipeLimits.LargestPermitted();
    }

    /// <summary>Gets the answer for this process. The first access takes about a millisecond.</summary>
    /// <exception cref="SystemCallException">The first access could not make a pipe (EMFILE) or map pages (ENOMEM); a later one tries again.</exception>
    public static KernelSupport Current => Probed.Value;

    /// <summary>Gets what vmsplice does here.</summary>
    public PageSharing PageSharing { get; }

    /// <summary>Gets why <see cref="PageSharing"/> is what it is, in words.</summary>
    public string Reason { get; }

    /// <summary>Gets the size of a page in bytes: 4,096 to 65,536, depending on machine and kernel.</summary>
    public int PageSize { get; } = Environment.SystemPageSize;

    /// <summary>Gets the largest pipe capacity that this user was given, in bytes (fs.pipe-max-size, fs.pipe-user-pages-soft).</summary>
    public int MaxPipeCapacity { get; }

    /// <summary>
    /// Gets whether fresh memory comes in huge pages. Without them fresh pages cost more than a copy, and an unknown
    /// reader is served with write(2).
    /// </summary>
    public bool HugePages { get; }

    /// <summary>Gets why <see cref="HugePages"/> is what it is, in words.</summary>
    public string HugePagesReason { get; }

    /// <summary>Gets the size of a huge page in bytes.</summary>
    public int HugePageSize { get; } = HugePageProbe.Size;

    /// <summary>Prints everything in lines that a person can read.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        vmsplice:    {Describe(PageSharing)} ({Reason})
        page size:   {PageSize} bytes
        huge pages:  {(HugePages ? "yes" : "no")} ({HugePagesReason})
        pipe:        up to {MaxPipeCapacity} bytes
        """);

    private static string Describe(PageSharing sharing) => sharing switch
    {
        PageSharing.SharesPages => "shares pages",
        PageSharing.Copies => "copies",
        _ => "unavailable",
    };
}

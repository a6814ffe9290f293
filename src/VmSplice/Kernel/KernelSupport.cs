using System.Globalization;
using VmSplice.Kernel;

namespace VmSplice;

/// <summary>
/// What this machine gives to zero-copy pipes, found out by trying, once per process. Print it to see why data is
/// shared or copied.
/// </summary>
public sealed class KernelSupport
{
    private static KernelSupport? _known;

    // What a probe found may have been the moment: no descriptor or no memory was left.
    private readonly bool _isFinal = true;

    private readonly Lazy<(bool Available, string Reason)> _inPlace = new(InPlaceProbe.Run);

    private int _maxPipeCapacity;

    private KernelSupport()
    {
        try
        {
            (PageSharing, PageSharingReason, _isFinal) = PageSharingProbe.Run();
            (HugePages, HugePagesReason) = HugePageProbe.Run();
        }
        catch (SystemCallException e)
        {
            _isFinal = false;
            PageSharingReason ??= "could not be tried now: " + e.Message;
            HugePagesReason = "could not be tried now: " + e.Message;
        }
    }

    /// <summary>
    /// Gets the answer for this process. The first access takes about a millisecond. Where no descriptor or no memory is left
    /// to try with, <see cref="PageSharingReason"/> says so, and the next access tries again.
    /// </summary>
    public static KernelSupport Current => Volatile.Read(ref _known) ?? Probe();

    /// <summary>Gets what vmsplice does here.</summary>
    public PageSharing PageSharing { get; }

    /// <summary>Gets why <see cref="PageSharing"/> is what it is, in words.</summary>
    public string PageSharingReason { get; }

    /// <summary>
    /// Gets whether a stream of records between two processes of this user can be read in place (<c>RecordWriterOptions.InPlace</c>),
    /// tried at the first access. It does not depend on <see cref="PageSharing"/>.
    /// </summary>
    public bool InPlace => _inPlace.Value.Available;

    /// <summary>Gets why <see cref="InPlace"/> is what it is, in words.</summary>
    public string InPlaceReason => _inPlace.Value.Reason;

    /// <summary>Gets the size of a page in bytes: 4,096 to 65,536, depending on machine and kernel.</summary>
    public int PageSize { get; } = Environment.SystemPageSize;

    /// <summary>
    /// Gets the largest pipe capacity that this user is given, in bytes (fs.pipe-max-size, fs.pipe-user-pages-soft), tried at
    /// the first access; 0 where no pipe can be made now.
    /// </summary>
    public int MaxPipeCapacity => _maxPipeCapacity != 0 ? _maxPipeCapacity : _maxPipeCapacity = PipeLimits.LargestPermitted();

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
        vmsplice:    {Describe(PageSharing)} ({PageSharingReason})
        in place:    {(InPlace ? "yes" : "no")} ({InPlaceReason})
        page size:   {PageSize} bytes
        huge pages:  {(HugePages ? "yes" : "no")} ({HugePagesReason})
        pipe:        up to {MaxPipeCapacity} bytes
        """);

    private static KernelSupport Probe()
    {
        var found = new KernelSupport();
        if (!found._isFinal)
        {
            return found;
        }

        // Of several threads that tried at once, the first one's answer stays.
        return Interlocked.CompareExchange(ref _known, found, null) ?? found;
    }

    private static string Describe(PageSharing sharing) => sharing switch
    {
        PageSharing.SharesPages => "shares pages",
        PageSharing.Copies => "copies",
        _ => "unavailable",
    };
}

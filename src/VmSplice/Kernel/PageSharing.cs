namespace VmSplice;

/// <summary>What vmsplice(2) does on this machine, found out by trying.</summary>
public enum PageSharing
{
    /// <summary>The call is missing or forbidden. Everything is sent with write(2).</summary>
    Unavailable,

    /// <summary>The call works, but copies: sending with write(2) is the same and simpler.</summary>
    Copies,

    /// <summary>The reader reads the sender's own pages. Zero-copy sending pays.</summary>
    SharesPages,
}

using System.Globalization;
using VmSplice;

namespace Doctor;

/// <summary>How large a pipe this user is given. In a small one sender and reader wait for each other all the time.</summary>
internal static class PipeSizeCheck
{
    /// <summary>From here on more capacity brings nothing that can be measured.</summary>
    private const int Enough = 1024 * 1024;

    private const string Sysctl = "/proc/sys/fs/";

    public static Finding Run()
    {
        int capacity = KernelSupport.Current.MaxPipeCapacity;
        long? maximum = SystemFile.ReadNumber(Sysctl + "pipe-max-size");
        long? soft = SystemFile.ReadNumber(Sysctl + "pipe-user-pages-soft");
        long? hard = SystemFile.ReadNumber(Sysctl + "pipe-user-pages-hard");
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"up to {capacity / 1024} KiB (fs.pipe-max-size = {maximum}; a user's pipes together: "
                + $"soft {Pages(soft)}, hard {Pages(hard)}; {CostOfMany(capacity, soft)})");
        if (capacity >= Enough)
        {
            return new("pipe size", Verdict.Good, found);
        }

        return new("pipe size", Verdict.Slower, found, maximum < Enough
            ? string.Create(CultureInfo.InvariantCulture, $"sysctl -w fs.pipe-max-size={Enough} (as root)")
            : "this user's pipes have used up their pages: close some, or raise fs.pipe-user-pages-soft (as root)");
    }

    /// <summary>What many pipes take of what all programs of the user share.</summary>
    private static string CostOfMany(int capacity, long? softPages)
    {
        const int Many = 64;
        const long Mebibyte = 1024 * 1024;
        string cost = string.Create(CultureInfo.InvariantCulture, $"{Many} pipes sized to that take {Many * (long)capacity / Mebibyte} MiB");
        return softPages is > 0 and var pages
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{cost} of {pages * Environment.SystemPageSize / Mebibyte} MiB, beyond which every new pipe of this user is tiny; "
                    + $"pipes that nobody sizes stay within a quarter")
            : cost;
    }

    private static string Pages(long? pages) => pages switch
    {
        null => "?",
        0 => "unlimited",
        _ => string.Create(CultureInfo.InvariantCulture, $"{pages} page{(pages == 1 ? "" : "s")}"),
    };
}

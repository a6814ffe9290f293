using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace VmSplice.TestChild;

/// <summary>What happens where this process can have no more of something.</summary>
internal static partial class Scarcity
{
    private const int MCL_CURRENT = 1;
    private const int MCL_FUTURE = 2;

    /// <summary>
    /// Opens writers while no descriptor is left, and again once there are some. Prints whether each shares, and what arrived.
    /// </summary>
    internal static int OfDescriptors()
    {
        Preload();
        StringBuilder seen = new();
        using SplicePipe pipe = SplicePipe.Create(), later = SplicePipe.Create();
        using SpliceReader reader = pipe.OpenReader(), laterReader = later.OpenReader();
        List<SafeFileHandle> all = TakeAll();
        SpliceWriter writer;
        try
        {
            KernelSupport found = KernelSupport.Current;
            seen.AppendLine(
                CultureInfo.InvariantCulture, $"{found.PageSharing}, {found.PageSharingReason.Contains("EMFILE", StringComparison.Ordinal)}");
            writer = pipe.OpenWriter();
            seen.AppendLine(CultureInfo.InvariantCulture, $"{writer.SharesPages}");
            PageBuffer<byte> buffer = writer.Rent<byte>(50_000);
            StreamPattern.Fill(buffer.Span, 0);
            writer.Send(buffer);
        }
        finally
        {
            all.ForEach(one => one.Dispose());
        }

        byte[] arrived = new byte[50_000];
        reader.ReadExactly(arrived);
        writer.Dispose();
        seen.AppendLine(CultureInfo.InvariantCulture, $"{StreamPattern.Mismatch(arrived, 0)}");
        using SpliceWriter next = later.OpenWriter();
        bool maySharePages = KernelSupport.Current is { PageSharing: PageSharing.SharesPages, HugePages: true };
        seen.AppendLine(CultureInfo.InvariantCulture, $"{next.SharesPages == maySharePages}");
        Console.Write(seen);
        return 0;
    }

    /// <summary>All traffic in memory that is locked, as low-latency programs do.</summary>
    internal static int OfUnlockedMemory()
    {
        if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0)
        {
            Console.WriteLine("not permitted");
            return 0;
        }

        return Traffic.Run();
    }

    /// <summary>Libraries are files, so what the next steps take must be loaded before.</summary>
    private static void Preload()
    {
        Array.ForEach(typeof(KernelSupport).Assembly.GetReferencedAssemblies(), name => Assembly.Load(name));
        using SplicePipe pipe = SplicePipe.Create(1);
        StreamPattern.Take(0, 1);
        new StringBuilder().Append(CultureInfo.InvariantCulture, $"{PageSharing.Copies}, {true}");
    }

    private static List<SafeFileHandle> TakeAll()
    {
        List<SafeFileHandle> all = [];
        try
        {
            while (true)
            {
                all.Add(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            return all;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int mlockall(int flags);
}

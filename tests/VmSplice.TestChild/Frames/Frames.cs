using System.Globalization;

namespace VmSplice.TestChild;

/// <summary>A child that receives pictures into one buffer, again and again.</summary>
internal static class Frames
{
    internal static int CheckInherited()
    {
        using SpliceReader reader = SpliceReader.OpenInherited();
        using Picture picture = Picture.Allocate();
        int number = 0;
        while (reader.TryReceiveInto(picture))
        {
            if (!picture.Shows(number))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"picture {number} is wrong"));
                return 1;
            }

            number++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} pictures are right"));
        return 0;
    }
}

using System.Globalization;

namespace VmSplice.Kernel;

/// <summary>
/// A number that the system keeps in a file of /proc or /sys. It is kept once it was read. A read that failed, because the
/// process had no descriptor left, is tried again the next time.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="usual">What is assumed while the file cannot be read.</param>
internal sealed class SystemSetting(string path, int usual)
{
    private const int Unknown = -1;

    private int _value = Unknown;

    internal int Value => Volatile.Read(ref _value) is not Unknown and var known ? known : Read();

    private int Read()
    {
        int value = usual;
        if (SystemFile.TryRead(path, out string text, out bool isFinal))
        {
            value = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : usual;
        }

        if (isFinal)
        {
            Volatile.Write(ref _value, value);
        }

        return value;
    }
}

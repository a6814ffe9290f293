namespace VmSplice.Tests.Texts;

internal enum Level
{
    Debug,
    Warning,
    Error,
}

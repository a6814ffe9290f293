namespace VmSplice;

/// <summary>
/// The method writes to the memory while it runs, and keeps nothing of it. Read by the analyzers: passing memory that
/// is in flight is then a write to it (VMS2001).
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class WritesAttribute : Attribute;

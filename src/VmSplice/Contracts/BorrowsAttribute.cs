namespace VmSplice;

/// <summary>
/// The method uses the buffer only until it returns: it neither sends nor disposes nor keeps it. Read by the analyzers,
/// which then need not ask (VMS2010).
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BorrowsAttribute : Attribute;

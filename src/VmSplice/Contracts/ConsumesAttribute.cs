namespace VmSplice;

/// <summary>
/// The method takes the buffer over, as <c>Send</c> does: after the call the caller holds nothing, neither the buffer
/// nor a span, reference or pointer taken from it. Read by the analyzers (VMS2001, VMS2002, VMS2008).
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ConsumesAttribute : Attribute;

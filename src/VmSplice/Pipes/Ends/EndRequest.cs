namespace VmSplice.Pipes;

/// <summary>Which end of a pipe to open, and how.</summary>
/// <param name="Access">The direction.</param>
/// <param name="Capacity">The capacity to ask for; 0 where none is.</param>
/// <param name="LeaveOpen">Whether disposing the end leaves the descriptor open.</param>
internal readonly record struct EndRequest(FileAccess Access, int Capacity = 0, bool LeaveOpen = false);

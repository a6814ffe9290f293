namespace VmSplice.Benchmarks.Harness;

/// <summary>One way to move bytes from a process to another.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Writer">The process that writes.</param>
/// <param name="Reader">The process that reads.</param>
/// <param name="Writers">How many processes write, each to a FIFO of its own.</param>
/// <param name="Readers">How many processes read, each all of what one process writes, out of a FIFO of its own.</param>
internal sealed record Side(string Name, Peer Writer, Peer Reader, int Writers = 1, int Readers = 1);

namespace VmSplice.Analyzers.Tests.Programs;

/// <summary>
/// Programs of one kind, by name. A line that is wrong ends in <c>//~</c> and the rules that say so; a program without such a line is right, and no
/// rule of any family has anything to say about it.
/// </summary>
internal interface IPrograms
{
    IReadOnlyDictionary<string, string> All { get; }
}

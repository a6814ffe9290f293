namespace VmSplice.Generators.Model;

/// <summary>The members of a buffer that do nothing which the runtime's do not; one that the user's type has is left out.</summary>
[Flags]
internal enum BufferMembers
{
    None = 0,
    State = 1,
    Allocate = 2,
    Rent = 4,
    Receive = 8,
    TryReceive = 16,
    RentUninitialized = 32,
}

using VmSplice.Memory;

namespace VmSplice.Pipes;

/// <summary>Somebody in the queue of <see cref="SendTurns"/>: a thread that is blocked, or an operation without one.</summary>
internal interface ITurnWaiter
{
    /// <summary>Gets the place in the queue, which is reused: queueing allocates nothing.</summary>
    LinkedListNode<ITurnWaiter> Place { get; }

    /// <summary>Gets the call that it is a part of, which may be ended while this waits.</summary>
    CallGate? Caller { get; }

    /// <summary>It has the turn, and must exit.</summary>
    void OnTurn();

    /// <summary>The writer, or the call, was ended before its turn came.</summary>
    void OnClosed();
}

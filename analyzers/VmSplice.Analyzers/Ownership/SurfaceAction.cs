namespace VmSplice.Analyzers.Ownership;

/// <summary>What a member of the runtime does, beyond what the declarations of its parameters say.</summary>
internal enum SurfaceAction
{
    None,

    /// <summary>Makes pages that are the caller's.</summary>
    Allocates,
    Freezes,
    Disposes,

    /// <summary>Asks for the handle alone, or for the state: legal whatever was done with the pages.</summary>
    Identifies,

    /// <summary>Asks how long it is: a number beside the handle, which neither touches the pages nor throws.</summary>
    Measures,

    /// <summary>Writes the pages that the view shows.</summary>
    Writes,

    /// <summary>Takes what is consumed, and sends it.</summary>
    Sends,

    /// <summary>Takes what is consumed, for good: never written again by anybody.</summary>
    Gifts,

    /// <summary>Gives the next slot or batch; those before it are over.</summary>
    HandsOut,

    /// <summary>Gives more room, and ends nothing that was given before.</summary>
    HandsOutMore,

    /// <summary>Ends the slots and batches that were given.</summary>
    MovesOn,

    /// <summary>The same, and the stream is complete or given up.</summary>
    Ends,

    /// <summary>Gives the same reader by another name.</summary>
    Enumerates,

    /// <summary>Makes a writer of <c>System.IO.Pipelines</c>, whose memory is the pipe's from the next flush on.</summary>
    MakesPipeWriter,

    /// <summary>Makes a record writer whose stream the caller must complete.</summary>
    MakesWriter,
}

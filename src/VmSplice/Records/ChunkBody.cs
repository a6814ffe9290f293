namespace VmSplice.Records;

/// <summary>What a chunk is about to send.</summary>
/// <param name="Records">How many records.</param>
/// <param name="Length">Bytes of the records, and of all that lies behind them up to the end of the block.</param>
/// <param name="TailLength">Bytes of texts and lists at the end of those; less than what lies behind the records, where a gap is between.</param>
/// <param name="Tag">What tells the places of this chunk from those of others.</param>
internal readonly record struct ChunkBody(int Records, int Length, int TailLength, byte Tag);

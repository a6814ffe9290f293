namespace Relay;

/// <summary>Reads the number of a record, which counts from 0 without a gap.</summary>
/// <typeparam name="T">A spliceable record.</typeparam>
/// <param name="record">The record.</param>
internal delegate long SequenceOf<T>(in T record);

namespace Relay;

/// <summary>What a <see cref="Reading"/> measures.</summary>
internal enum Quantity
{
    Celsius,
    Percent,
    Hectopascal,
}

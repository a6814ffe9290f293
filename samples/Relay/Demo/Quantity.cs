namespace Relay.Demo;

/// <summary>What a <see cref="Measurement"/> measures.</summary>
internal enum Quantity
{
    Celsius,
    Percent,
    Hectopascal,
}

namespace Relay;

/// <summary>Whose log it is.</summary>
internal enum Engine
{
    /// <summary>NATS JetStream.</summary>
    Nats,

    /// <summary>Redis Streams.</summary>
    Redis,
}

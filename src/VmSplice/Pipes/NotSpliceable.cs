using System.ComponentModel;

namespace VmSplice;

/// <summary>
/// What the compiler finds where a method of a writer, a gather or a reader does not accept the type. Its error is then a sentence with the way
/// out, and not one about the constraints of type parameters. Nothing here can be called.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NotSpliceable
{
    private const string GivenAway = "Sending gives memory away, so it takes a rented buffer (writer.Rent) and nothing else. "
        + "'Write' copies an array, a span or a struct, which you keep. A class of segments needs [Spliceable] and 'partial'; records go through their "
        + "CreateWriter.";

    private const string NotABuffer = "Only a class of segments marked [Spliceable] and 'partial' can be received whole: mark it. "
        + "Records come through their CreateReader; other bytes through 'Read'.";

    private const string NoLength = "Elements are rented with a length: writer.Rent<T>(length). "
        + "A class of segments marked [Spliceable] and 'partial' is rented by its own type: Frame.Rent(writer).";

    private const string Reason = "Not callable.";

    /// <summary>The argument of a send is no buffer.</summary>
    /// <typeparam name="T">The argument's type.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <param name="value">An array, a span, or an object of an unmarked type.</param>
    /// <exception cref="NotSupportedException">Always; the compiler does not let it come so far.</exception>
    [Obsolete(GivenAway, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Send<T>(this SpliceWriter writer, T value)
        where T : allows ref struct => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="Send{T}(SpliceWriter, T)"/>
    /// <param name="writer">The writer.</param>
    /// <param name="value">An array, a span, or an object of an unmarked type.</param>
    /// <param name="length">How much of it.</param>
    [Obsolete(GivenAway, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Send<T>(this SpliceWriter writer, T value, int length)
        where T : allows ref struct => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="Send{T}(SpliceWriter, T)"/>
    /// <param name="writer">The writer.</param>
    /// <param name="value">An array, a span, or an object of an unmarked type.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Obsolete(GivenAway, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ValueTask SendAsync<T>(this SpliceWriter writer, T value, CancellationToken cancellationToken = default)
        where T : allows ref struct => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="Send{T}(SpliceWriter, T)"/>
    [Obsolete(GivenAway, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Gift<T>(this SpliceWriter writer, T value)
        where T : allows ref struct => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="SendAsync{T}(SpliceWriter, T, CancellationToken)"/>
    [Obsolete(GivenAway, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ValueTask GiftAsync<T>(this SpliceWriter writer, T value, CancellationToken cancellationToken = default)
        where T : allows ref struct => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="Send{T}(SpliceWriter, T)"/>
    /// <param name="gather">The gather.</param>
    /// <param name="value">An array, a span, or an object of an unmarked type.</param>
    [Obsolete(GivenAway, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Add<T>(this SpliceGather gather, T value)
        where T : allows ref struct => throw new NotSupportedException(Reason);

    /// <summary>What is asked for has no length, or says its own.</summary>
    /// <typeparam name="T">Any type.</typeparam>
    /// <param name="writer">The writer.</param>
    /// <exception cref="NotSupportedException">Always; the compiler does not let it come so far.</exception>
    [Obsolete(NoLength, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static T Rent<T>(this SpliceWriter writer) => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="Rent{T}(SpliceWriter)"/>
    [Obsolete(NoLength, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static T RentUninitialized<T>(this SpliceWriter writer) => throw new NotSupportedException(Reason);

    /// <summary>What is asked for is no buffer.</summary>
    /// <typeparam name="T">An unmarked type.</typeparam>
    /// <param name="reader">The reader.</param>
    /// <exception cref="NotSupportedException">Always; the compiler does not let it come so far.</exception>
    [Obsolete(NotABuffer, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static T Receive<T>(this SpliceReader reader) => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="Receive{T}(SpliceReader)"/>
    /// <param name="reader">The reader.</param>
    [Obsolete(NotABuffer, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static T? TryReceive<T>(this SpliceReader reader) => throw new NotSupportedException(Reason);

    /// <inheritdoc cref="Receive{T}(SpliceReader)"/>
    /// <param name="reader">The reader.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [Obsolete(NotABuffer, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ValueTask<T> ReceiveAsync<T>(this SpliceReader reader, CancellationToken cancellationToken = default)
        => throw new NotSupportedException(Reason);
}

namespace Relay;

/// <summary>Calls of a server that may be away: tried until it answers, and said on standard error when that takes two seconds.</summary>
/// <param name="server">What it is, and where it should be.</param>
/// <param name="reasonToTryAgain">Why the next try may have another answer, in words; none where the answer stays what it is.</param>
internal sealed class ServerCalls(string server, Func<Exception, string?> reasonToTryAgain)
{
    /// <summary>After this time without an answer a user wants to know.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private bool _said;

    public async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        string reason = "no answer";
        using var late = new Timer(_ => NoteFailure(reason), state: null, Long, Timeout.InfiniteTimeSpan);
        while (true)
        {
            try
            {
                T answer = await call().WaitAsync(cancellation);
                NoteAnswer();
                return answer;
            }
            catch (Exception e) when (reasonToTryAgain(e) is { } why)
            {
                reason = why;
                await Task.Delay(s_betweenTries, cancellation);
            }
        }
    }

    /// <summary>The server answered.</summary>
    public void NoteAnswer()
    {
        lock (_lock)
        {
            if (_said)
            {
                Words.Say($"{server} answers");
                _said = false;
            }
        }
    }

    /// <summary>The server has not answered for long. Said once.</summary>
    /// <param name="reason">Why, in words.</param>
    public void NoteFailure(string reason)
    {
        lock (_lock)
        {
            if (!_said)
            {
                Words.Say($"waiting for {server}: {reason}");
                _said = true;
            }
        }
    }
}

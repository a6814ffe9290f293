// Fields that another method empties, and fields that cannot be assigned.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.FieldsThatAreTaken.TakeForm
{
    sealed class Pool
    {
        PageBuffer<int> _b;
        PageBuffer<int> Take()
        {
            var b = _b;
            _b = default;
            return b;
        }

        public void Fill(SpliceWriter w)
        {
            _b = w.Rent<int>(4);
        }

        public void Flush(SpliceWriter w)
        {
            PageBuffer<int> b = Take();
            w.Send(b);
        }

        public void Flush2(SpliceWriter w)
        {
            w.Send(Take());
        }
    }
}

namespace Corpus.FieldsThatAreTaken.ParamsTemporaryForm
{
    static class C
    {
        static void M(SpliceWriter w)
        {
            PageBuffer<int> a = w.Rent<int>(4), b = w.Rent<int>(4);
            w.SendAll(a, b);
        }

        static void N(SpliceWriter w, PageBuffer<int> a, PageBuffer<int> b)
        {
            w.SendAll([a, b]);
        }

        static async Task P(SpliceWriter w)
        {
            PageBuffer<int> a = w.Rent<int>(4), b = w.Rent<int>(4);
            await w.SendAllAsync<int>([a, b]);
        }
    }
}

namespace Corpus.FieldsThatAreTaken.ReadonlyFieldsForm
{
    sealed class Packet : IDisposable
    {
        private readonly PageBuffer<int> _b;
        public Packet(SpliceWriter w)
        {
            _b = w.Rent<int>(4);
        }

        public void Send(SpliceWriter w) => w.Send(_b);
        public void Dispose() => _b.Dispose();
    }
}

namespace Corpus.FieldsThatAreTaken.ExchangeForm
{
    sealed class Pool
    {
        PageBuffer<int>? _b;
        PageBuffer<int>? Take() => (_b, _b = null).Item1;
        public void Fill(SpliceWriter w)
        {
            _b = w.Rent<int>(4);
        }

        public void Flush(SpliceWriter w)
        {
            if (Take()is { } b)
            {
                w.Send(b);
            }
        }
    }
}

namespace Corpus.FieldsThatAreTaken.SwapMethodForm
{
    sealed class Pool
    {
        PageBuffer<int> _b;
        PageBuffer<int> Swap(PageBuffer<int> n)
        {
            var old = _b;
            _b = n;
            return old;
        }

        public Pool(SpliceWriter w) => _b = w.Rent<int>(4);
        public void Flush(SpliceWriter w)
        {
            w.Send(Swap(w.Rent<int>(4)));
        }
    }
}

namespace Corpus.FieldsThatAreTaken.ParamsViaHelperForm
{
    static class C
    {
        static void All(SpliceWriter w, params ReadOnlySpan<PageBuffer<int>> bs) => w.SendAll(bs);
        static void M(SpliceWriter w)
        {
            PageBuffer<int> a = w.Rent<int>(4), b = w.Rent<int>(4);
            All(w, a, b);
        }

        static void Each(SpliceWriter w, params PageBuffer<int>[] bs)
        {
            foreach (var b in bs)
                w.Send(b);
        }

        static void N(SpliceWriter w)
        {
            PageBuffer<int> a = w.Rent<int>(4), b = w.Rent<int>(4);
            Each(w, a, b);
        }
    }
}

namespace Corpus.FieldsThatAreTaken.TakePropertyPublicForm
{
    sealed class Pool
    {
        PageBuffer<int> _b;
        public PageBuffer<int> Take()
        {
            (PageBuffer<int> b, _b) = (_b, default);
            return b;
        }

        public void Fill(SpliceWriter w)
        {
            _b = w.Rent<int>(4);
        }

        public void Flush(SpliceWriter w)
        {
            PageBuffer<int> b = Take();
            b[0] = 1;
            w.Send(b);
        }
    }
}

namespace Corpus.FieldsThatAreTaken.RecordStructReadonlyForm
{
    readonly struct Batch(PageBuffer<int> b)
    {
        readonly PageBuffer<int> _b = b;
        public void Send(SpliceWriter w) => w.Send(_b);
    }
}

namespace Corpus.FieldsThatAreTaken.AutoPropGetOnlyForm
{
    sealed class Packet(PageBuffer<int> b)
    {
        public PageBuffer<int> Body { get; } = b;

        public void Send(SpliceWriter w) => w.Send(Body);
    }
}

namespace Corpus.FieldsThatAreTaken.PlainForm
{
    sealed class Packet(PageBuffer<int> b)
    {
        private readonly PageBuffer<int> _b = b;
        private bool _sent;
        public void Send(SpliceWriter w)
        {
            if (_sent)
            {
                return;
            }

            _sent = true;
            w.Send(_b);
        }
    }
}

namespace Corpus.FieldsThatAreTaken.ThrowGuardForm
{
    sealed class Packet(PageBuffer<int> b)
    {
        private readonly PageBuffer<int> _b = b;
        private bool _sent;
        public void Send(SpliceWriter w)
        {
            if (_sent)
            {
                throw new InvalidOperationException();
            }

            w.Send(_b);
            _sent = true;
        }
    }
}

namespace Corpus.FieldsThatAreTaken.InterlockedForm
{
    sealed class Packet(PageBuffer<int> b)
    {
        private readonly PageBuffer<int> _b = b;
        private int _sent;
        public void Send(SpliceWriter w)
        {
            if (Interlocked.Exchange(ref _sent, 1) != 0)
            {
                return;
            }

            w.Send(_b);
        }
    }
}

namespace Corpus.FieldsThatAreTaken.DisposedForm
{
    sealed class Packet(PageBuffer<int> b) : IDisposable
    {
        private readonly PageBuffer<int> _b = b;
        private bool _done;
        public void Complete(SpliceWriter w)
        {
            ObjectDisposedException.ThrowIf(_done, this);
            w.Send(_b);
            _done = true;
        }

        public void Dispose()
        {
            if (!_done)
            {
                _b.Dispose();
                _done = true;
            }
        }
    }
}

namespace Corpus.FieldsThatAreTaken.StateForm
{
    sealed class Packet(PageBuffer<int> b)
    {
        private readonly PageBuffer<int> _b = b;
        public void Send(SpliceWriter w)
        {
            if (_b.State != PageBufferState.Owned)
            {
                return;
            }

            w.Send(_b);
        }
    }
}

namespace Corpus.FieldsThatAreTaken.AsyncForm
{
    sealed class Packet(PageBuffer<int> b)
    {
        private readonly PageBuffer<int> _b = b;
        private bool _sent;
        public async Task SendAsync(SpliceWriter w)
        {
            if (_sent)
            {
                return;
            }

            _sent = true;
            await w.SendAsync(_b);
        }
    }
}

// Objects that take a buffer over in their constructor, and send or dispose it later.
using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Corpus.ObjectsThatOwn.UsingCtorConsumesForm
{
    sealed class Packet : IDisposable
    {
        private PageBuffer<byte> _b;
        public Packet([Consumes] PageBuffer<byte> b) => _b = b;
        public void Send(SpliceWriter w)
        {
            w.Send(_b);
            _b = default;
        }

        public void Dispose() => _b.Dispose();
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            using Packet packet = new(w.Rent<byte>(64));
            packet.Send(w);
        }
    }
}

namespace Corpus.ObjectsThatOwn.VariableForm
{
    sealed class Packet : IDisposable
    {
        private PageBuffer<byte> _b;
        public Packet([Consumes] PageBuffer<byte> b)
        {
            _b = b;
        }

        public Span<byte> Data => _b.Span;

        public void Send(SpliceWriter w)
        {
            w.Send(_b);
            _b = default;
        }

        public void Dispose() => _b.Dispose();
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            var b = w.Rent<byte>(64);
            var packet = new Packet(b);
            packet.Data.Fill(1);
            packet.Send(w);
            packet.Dispose();
        }
    }
}

namespace Corpus.ObjectsThatOwn.PrimaryForm
{
    sealed class Packet([Consumes] PageBuffer<byte> b) : IDisposable
    {
        private PageBuffer<byte> _b = b;
        public Span<byte> Data => _b.Span;

        public void Send(SpliceWriter w)
        {
            w.Send(_b);
            _b = default;
        }

        public void Dispose() => _b.Dispose();
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            using var packet = new Packet(w.Rent<byte>(64));
            packet.Data.Fill(1);
            packet.Send(w);
        }
    }
}

namespace Corpus.ObjectsThatOwn.RecordForm
{
    sealed record Packet([property: System.ComponentModel.Description("x")] PageBuffer<byte> Bytes)
    {
        public void Send(SpliceWriter w) => w.Send(Bytes);
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            var packet = new Packet(w.Rent<byte>(64));
            packet.Bytes.Span.Fill(1);
            w.Send(packet.Bytes);
        }
    }
}

namespace Corpus.ObjectsThatOwn.RecordConsumesForm
{
    sealed record Packet([Consumes] PageBuffer<byte> Bytes);
    static class C
    {
        static void M(SpliceWriter w)
        {
            var packet = new Packet(w.Rent<byte>(64));
            packet.Bytes.Span.Fill(1);
            w.Send(packet.Bytes);
        }
    }
}

namespace Corpus.ObjectsThatOwn.StructForm
{
    struct Packet
    {
        public PageBuffer<byte> Bytes;
        public Packet([Consumes] PageBuffer<byte> b)
        {
            Bytes = b;
        }
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            Packet p = new(w.Rent<byte>(64));
            p.Bytes.Span.Fill(1);
            w.Send(p.Bytes);
        }
    }
}

namespace Corpus.ObjectsThatOwn.FactoryForm
{
    sealed class Packet : IDisposable
    {
        private PageBuffer<byte> _b;
        private Packet([Consumes] PageBuffer<byte> b) => _b = b;
        public static Packet Wrap([Consumes] PageBuffer<byte> b) => new(b);
        public void Send(SpliceWriter w)
        {
            w.Send(_b);
            _b = default;
        }

        public void Dispose() => _b.Dispose();
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            using Packet packet = Packet.Wrap(w.Rent<byte>(64));
            packet.Send(w);
        }
    }
}

namespace Corpus.ObjectsThatOwn.FieldPublicForm
{
    sealed class Packet
    {
        public PageBuffer<byte> B;
        public Packet([Consumes] PageBuffer<byte> b) => B = b;
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            Packet packet = new(w.Rent<byte>(64));
            packet.B.Span[0] = 1;
            w.Send(packet.B);
        }
    }
}

namespace Corpus.ObjectsThatOwn.BaseCtorForm
{
    class Base : IDisposable
    {
        protected PageBuffer<byte> B;
        protected Base([Consumes] PageBuffer<byte> b) => B = b;
        public void Dispose() => B.Dispose();
    }

    sealed class Packet([Consumes] PageBuffer<byte> b) : Base(b)
    {
        public void Send(SpliceWriter w)
        {
            w.Send(B);
            B = default;
        }
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            using Packet packet = new(w.Rent<byte>(64));
            packet.Send(w);
        }
    }
}

namespace Corpus.ObjectsThatOwn.PropertyForm
{
    sealed class Packet
    {
        public Packet([Consumes] PageBuffer<byte> b) => Body = b;
        public PageBuffer<byte> Body { get; }
    }

    static class C
    {
        static void M(SpliceWriter w)
        {
            Packet packet = new(w.Rent<byte>(64));
            packet.Body.Span[0] = 1;
            w.Send(packet.Body);
        }
    }
}

namespace VmSplice.Tests.Versions
{
    internal enum Venue
    {
        Paris = 3,
        Vienna = 5,
    }
}

namespace VmSplice.Tests.Versions.First
{
    /// <summary>As the first build declares it.</summary>
    [Spliceable]
    internal partial struct Order
    {
        public long Id;
        public double Price;
        public SpliceText Symbol;
    }

    /// <summary>The same without text.</summary>
    [Spliceable]
    internal partial struct Quote
    {
        public long Time;
        public double Price;
    }
}

namespace VmSplice.Tests.Versions.Second
{
    /// <summary>The second build appended two fields.</summary>
    [Spliceable]
    internal partial struct Order
    {
        public long Id;
        public double Price;
        public SpliceText Symbol;

        [Since(2, Default = 100)]
        public int Size;

        [Since(2, Default = Venue.Vienna)]
        public Venue Venue;
    }

    [Spliceable]
    internal partial struct Quote
    {
        public long Time;
        public double Price;

        [Since(2, Default = 100)]
        public long Size { get; set; }
    }
}

namespace VmSplice.Tests.Versions.Third
{
    /// <summary>The third one appended a text.</summary>
    [Spliceable]
    internal partial struct Order
    {
        public long Id;
        public double Price;
        public SpliceText Symbol;

        [Since(2, Default = 100)]
        public int Size;

        [Since(2, Default = Venue.Vienna)]
        public Venue Venue;

        [Since(3)]
        public SpliceText Comment;
    }

    [Spliceable]
    internal partial struct Quote
    {
        public long Time;
        public double Price;

        [Since(2, Default = 100)]
        public long Size { get; set; }

        [Since(3, Default = -0.5)]
        public double Spread;

        [Since(3, Default = true)]
        public bool IsFirm;

        [Since(3)]
        public byte Depth;

        [Since(3)]
        public short Rank;

        [Since(3, Default = 'x')]
        public char Kind;

        [Since(3, Default = 7)]
        public ushort Group;
    }
}

namespace VmSplice.Tests.Versions.Fourth
{
    /// <summary>The fourth one appended the first text.</summary>
    [Spliceable]
    internal partial struct Quote
    {
        public long Time;
        public double Price;

        [Since(2, Default = 100)]
        public long Size { get; set; }

        [Since(3, Default = -0.5)]
        public double Spread;

        [Since(3, Default = true)]
        public bool IsFirm;

        [Since(3)]
        public byte Depth;

        [Since(3)]
        public short Rank;

        [Since(3, Default = 'x')]
        public char Kind;

        [Since(3, Default = 7)]
        public ushort Group;

        [Since(4)]
        public SpliceText Note;
    }
}

namespace VmSplice.Tests.Versions.Other
{
    /// <summary>One that was changed, not appended to.</summary>
    [Spliceable]
    internal partial struct Quote
    {
        public long Time;
        public float Price;
        public float Bid;

        [Since(2, Default = 100)]
        public long Size;
    }
}

using VmSplice.Analyzers.Tests.Testing;

namespace VmSplice.Analyzers.Tests.Raw;

/// <summary>The public surface of the runtime as source, for as long as the referenced runtime lacks it.</summary>
internal static class RuntimeStub
{
    public static AnalyzerTestOptions Options { get; } = new()
    {
        RunGenerator = false,
        OtherSources = typeof(SpliceableAttribute).Assembly.GetType("VmSplice.SpliceWriter") is null ? [Source] : [],
    };

    private const string Source = """
        #nullable enable
        using System.Buffers;
        using System.Diagnostics;
        using System.IO.Pipes;
        using System.Runtime.InteropServices;
        using Microsoft.Win32.SafeHandles;
        namespace VmSplice;
        public enum PageBufferState { Disposed, Owned, Sent, Gifted, Frozen }
        public readonly struct PageBuffer<T> : IMemoryOwner<T> where T : unmanaged
        {
            public static PageBuffer<T> Allocate(int length) => default;
            public int Length => 0; public Span<T> Span => default; public Memory<T> Memory => default;
            public ref T this[int index] => throw null!; public nint Address => 0; public PageBufferState State => default;
            public FrozenPages<T> Freeze() => null!; public void Dispose() { }
        }
        public sealed class FrozenPages<T> : IDisposable where T : unmanaged
        { public int Length => 0; public ReadOnlySpan<T> Span => default; public ReadOnlyMemory<T> Memory => default; public nint Address => 0; public void Dispose() { } }
        public enum PipeReaderKind { Unknown, Copying }
        public sealed class SpliceWriterOptions { public PipeReaderKind Reader { get; init; } public int PipeCapacity { get; init; } public bool LeaveOpen { get; init; } }
        public sealed class SpliceReaderOptions { public int PipeCapacity { get; init; } public bool LeaveOpen { get; init; } }
        public sealed class SplicePipe : IDisposable
        {
            public static SplicePipe Create(int capacity = 0) => null!;
            public SafePipeHandle ReadHandle => null!; public SafePipeHandle WriteHandle => null!;
            public SpliceWriter OpenWriter(SpliceWriterOptions? options = null) => null!; public SpliceReader OpenReader(SpliceReaderOptions? options = null) => null!;
            public void Dispose() { }
        }
        public sealed class SpliceWriter : IDisposable
        {
            public static SpliceWriter Open(SafePipeHandle pipe, SpliceWriterOptions? options = null) => null!;
            public static SpliceWriter Open(SafeFileHandle pipe, SpliceWriterOptions? options = null) => null!;
            public static SpliceWriter Open(PipeStream pipe, SpliceWriterOptions? options = null) => null!;
            public static SpliceWriter OpenStandardOutput(SpliceWriterOptions? options = null) => null!;
            public static SpliceWriter OpenFifo(string path, SpliceWriterOptions? options = null) => null!;
            public PipeReaderKind Reader => default; public int Capacity => 0; public long BytesAccepted => 0; public int UnreadBytes => 0; public SafePipeHandle Handle => null!;
            public PageBuffer<T> Rent<T>(int length) where T : unmanaged => default;
            public void Send<T>([Consumes] PageBuffer<T> buffer) where T : unmanaged { }
            public void Send<T>([Consumes] PageBuffer<T> buffer, int length) where T : unmanaged { }
            public void Gift<T>([Consumes] PageBuffer<T> buffer) where T : unmanaged { }
            public void Send<T>(FrozenPages<T> pages) where T : unmanaged { }
            public void Write(ReadOnlySpan<byte> bytes) { } public void Write<T>(ReadOnlySpan<T> values) where T : unmanaged { }
            public void Dispose() { }
        }
        public sealed class SpliceReader : IDisposable
        {
            public static SpliceReader Open(SafePipeHandle pipe, SpliceReaderOptions? options = null) => null!;
            public static SpliceReader Open(SafeFileHandle pipe, SpliceReaderOptions? options = null) => null!;
            public static SpliceReader Open(PipeStream pipe, SpliceReaderOptions? options = null) => null!;
            public int Read(Span<byte> destination) => 0; public int Capacity => 0; public SafePipeHandle Handle => null!; public void Dispose() { }
        }
        public sealed class KernelSupport { public static KernelSupport Current => null!; public int PageSize => 0; public int MaxPipeCapacity => 0; }
        [Flags] public enum SpliceFlags : uint { None = 0, Move = 1, NonBlocking = 2, More = 4, Gift = 8 }
        public readonly struct IoVec
        {
            public IoVec(nint address, nuint length) { Address = address; Length = length; }
            public unsafe IoVec(void* address, nuint length) { Address = (nint)address; Length = length; }
            public nint Address { get; } public nuint Length { get; }
        }
        public static class RawPipe
        {
            public const int IovMax = 1024;
            public static nint VmSplice(SafeHandle pipe, ReadOnlySpan<IoVec> segments, SpliceFlags flags = SpliceFlags.None) => 0;
            public static nint VmSplice(SafeHandle pipe, IoVec segment, SpliceFlags flags = SpliceFlags.None) => 0;
        }
        """;
}

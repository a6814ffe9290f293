using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using VmSplice.Analyzers.Raw;

namespace VmSplice.Analyzers.Segments.Values;

/// <summary>What descriptors, handles and streams of the base library and of ours are.</summary>
internal static class Descriptors
{
    private static readonly Descriptor s_socket = new(DescriptorKind.Socket, "a socket");
    private static readonly Descriptor s_namedPipe = new(DescriptorKind.Socket, "a socket (.NET implements named pipe streams with Unix domain sockets)");
    private static readonly Descriptor s_readEnd = new(DescriptorKind.ReadEnd, "the read end of a pipe");
    private static readonly Descriptor s_writeEnd = new(DescriptorKind.WriteEnd, "the write end of a pipe");
    private static readonly Descriptor s_serverRead = new(DescriptorKind.ServerReadEnd, "the read end of a pipe (PipeDirection.In)");
    private static readonly Descriptor s_serverWrite = new(DescriptorKind.ServerWriteEnd, "the write end of a pipe (PipeDirection.Out)");

    public static Value? OfCreation(IObjectCreationOperation creation, Value?[] values)
    {
        switch (creation.Type?.Name)
        {
            case "Socket":
                return s_socket;
            case "NetworkStream":
                return s_socket;
            case "NamedPipeServerStream" or "NamedPipeClientStream":
                return s_namedPipe;
            case "AnonymousPipeServerStream":
                return Direction(creation, isOutByDefault: true) switch { true => s_serverWrite, false => s_serverRead, null => null };
            case "AnonymousPipeClientStream":
                return Direction(creation, isOutByDefault: false) switch { true => s_writeEnd, false => s_readEnd, null => null };
            case "SafePipeHandle" or "SafeFileHandle":
                return values.Length == 2 ? values[0] as Descriptor : null;
            case "FileStream":
                return values.Length > 0 && values[0] is Descriptor { Kind: not DescriptorKind.FileName } wrapped
                    ? wrapped : RegularFile.Opened(creation.Arguments, values, RegularFile.DefaultMode.Given);
            default:
                return null;
        }
    }

    public static Value? OfCall(IInvocationOperation call, Value? instance, Value?[] values)
    {
        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        switch (type.Name, call.TargetMethod.Name)
        {
            case ("SafeHandle" or "SafePipeHandle" or "SafeFileHandle", "DangerousGetHandle"):
            case ("IntPtr", "ToInt32" or "ToInt64"):
                return instance as Descriptor;
            case ("File", "OpenHandle" or "Open"):
                return RegularFile.Opened(call.Arguments, values, RegularFile.DefaultMode.Given);
            case ("File", "Create" or "OpenRead" or "OpenWrite"):
                return RegularFile.Opened(call.Arguments, values, RegularFile.DefaultMode.Any);
            case ("Path", "GetTempFileName"):
                return RegularFile.Temporary(call);
            case ("MemoryMappedFile", "CreateNew" or "CreateFromFile" or "CreateOrOpen" or "OpenExisting"):
                return new Descriptor(DescriptorKind.File, "a memory-mapped file");
            default:
                return null;
        }
    }

    public static Value? OfProperty(IPropertyReferenceOperation property, Value? instance)
    {
        INamedTypeSymbol type = property.Property.ContainingType;
        switch (type.Name, property.Property.Name)
        {
            case ("SplicePipe", "ReadHandle"):
                return s_readEnd;
            case ("SplicePipe", "WriteHandle"):
                return s_writeEnd;
            case ("Socket", "SafeHandle" or "Handle"):
            case ("NetworkStream", "Socket"):
                return s_socket;
            case ("MemoryMappedFile", "SafeMemoryMappedFileHandle"):
                return new Descriptor(DescriptorKind.File, "a memory-mapped file");
            case ("FileStream", "SafeFileHandle" or "Handle"):
                return instance as Descriptor;
            case ("PipeStream" or "AnonymousPipeServerStream", "SafePipeHandle"):
                return property.Instance?.Type?.Name is "NamedPipeServerStream" or "NamedPipeClientStream" ? s_namedPipe : OwnEnd(instance as Descriptor);
            case ("AnonymousPipeServerStream", "ClientSafePipeHandle"):
                return instance is Descriptor server
                    ? server.Kind switch { DescriptorKind.ServerReadEnd => s_writeEnd, DescriptorKind.ServerWriteEnd => s_readEnd, _ => null }
                    : null;
            default:
                return null;
        }
    }

    /// <summary>The end of the pipe that a stream itself is.</summary>
    public static Descriptor? OwnEnd(Descriptor? stream) => stream?.Kind switch
    {
        DescriptorKind.ServerReadEnd => new Descriptor(DescriptorKind.ReadEnd, stream.What),
        DescriptorKind.ServerWriteEnd => new Descriptor(DescriptorKind.WriteEnd, stream.What),
        _ => stream,
    };

    // PipeDirection: In = 1, Out = 2, InOut = 3.
    private static bool? Direction(IObjectCreationOperation creation, bool isOutByDefault)
    {
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            if (argument.Parameter?.Type.Name == "PipeDirection")
            {
                return Operand.Constant(argument.Value) switch { 1 => false, 2 => true, _ => null };
            }
        }

        return isOutByDefault;
    }
}

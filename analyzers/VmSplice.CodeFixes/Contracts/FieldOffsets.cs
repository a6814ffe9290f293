using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmSplice.CodeFixes.Contracts;

/// <summary>Recognises the attribute that places a field, as the user wrote it.</summary>
internal static class FieldOffsets
{
    public static bool Is(AttributeSyntax attribute)
    {
        string name = attribute.Name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : attribute.Name.ToString();
        return name is "FieldOffset" or "FieldOffsetAttribute";
    }
}

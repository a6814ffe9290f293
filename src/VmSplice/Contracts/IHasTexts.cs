using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace VmSplice.CompilerServices;

/// <summary>Marks a record with texts or lists, which lie behind the records of a block: by its bytes alone it cannot be sent. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "An attribute of a type parameter cannot be asked for at no cost.")]
public interface IHasTexts;

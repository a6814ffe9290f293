namespace VmSplice.RuleContract;

/// <summary>Why a reading of the error number gets another's (VMS4007).</summary>
public enum ErrorNumberMistake
{
    /// <summary>The declaration of the call does not keep it.</summary>
    NotKept,

    /// <summary>Another call came in between.</summary>
    Overwritten,
}

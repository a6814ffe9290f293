namespace VmSplice.Memory;

/// <summary>Has the address of a block's pages in a call that may wait.</summary>
internal interface IBlockUser
{
    /// <summary>The owner sent or disposed the block: there is nothing to wait for any more.</summary>
    void OnBlockLeft();
}

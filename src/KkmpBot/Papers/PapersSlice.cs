using KkmpBot.Conversations;

namespace KkmpBot.Papers;

/// <summary>Books and statements as files.</summary>
public static class PapersSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Capabilities = [new PrintBook(), new ShowStatement(), new PrintStatement()],
        Types = [ShowStatement.Line, ShowStatement.Lines, ShowStatement.Statement],
    };
}

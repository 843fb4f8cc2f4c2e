using KkmpBot.Conversations;

namespace KkmpBot.Words;

/// <summary>What the bot learns of people's words: those it did not know, and those of a cooperative's own goods.</summary>
public static class WordsSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [ListMisses.Miss, ListMisses.MissList],
        Capabilities = [new LearningConsent(), new StopLearning(), new ListMisses(), new AssignWord(), new DropMiss()],
        HeardSentence = NoteMiss.RunAsync,
        OwnWords = OwnWord.AllAsync,
    };
}

using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Answers;

/// <summary>What became of an answer: a value, or the name of what is wrong with it.</summary>
public abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>The answer was understood.</summary>
    /// <param name="Value">Of the kind that was asked for.</param>
    public sealed record Read(Value Value) : Reading;

    /// <summary>The answer was not understood.</summary>
    /// <param name="Problem">One of <see cref="AnswerReader.Problems"/>; the bot says the phrase <c>retry_</c> + problem.</param>
    public sealed record Unreadable(string Problem) : Reading;
}

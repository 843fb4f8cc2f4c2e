using System.Runtime.ExceptionServices;

namespace KkmpBot.Tests.Conversations;

/// <summary>
/// Plays every transcript. At each step the conversation is stored and read back, the same message is delivered again and may change
/// nothing, and each reply has to fit every channel.
/// </summary>
public sealed class TranscriptTests
{
    public static TheoryData<string> Files => new(Transcript.Files());

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Plays(string file)
    {
        var played = await PlayedTranscript.OfAsync(file);
        if (played.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }
}

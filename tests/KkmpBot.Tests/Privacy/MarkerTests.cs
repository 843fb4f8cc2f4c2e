using KkmpBot.Tests.Conversations;

namespace KkmpBot.Tests.Privacy;

/// <summary>Every dialog, walked along every edge: nothing that anybody said or was told can be read in a copy of the database.</summary>
public sealed class MarkerTests
{
    public static TheoryData<string> Files => new(Transcript.Files());

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Nothing_said_is_in_clear(string file) => Assert.Empty((await PlayedTranscript.OfAsync(file)).InClear);
}

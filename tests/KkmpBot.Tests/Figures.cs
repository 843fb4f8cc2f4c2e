using Xunit.Abstractions;

namespace KkmpBot.Tests;

/// <summary>What a test measured or counted: in its own output, and in the file that <c>tests/run.sh</c> shows at the end.</summary>
public static class Figures
{
    private const string FileVariable = "KKMP_FIGURES";
    private static readonly Lock Gate = new();

    public static void Print(this ITestOutputHelper output, string figures)
    {
        output.WriteLine(figures);
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
            lock (Gate)
                File.AppendAllText(file, figures + "\n");
    }
}

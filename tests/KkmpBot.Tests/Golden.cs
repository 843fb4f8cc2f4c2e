namespace KkmpBot.Tests;

/// <summary>
/// A file of the repository that the program could write itself. The test fails when it would write another; with
/// <c>KKMP_UPDATE=1</c> it writes it, and the difference is for the reviewer to read.
/// </summary>
internal static class Golden
{
    public static bool IsUpdating => Environment.GetEnvironmentVariable("KKMP_UPDATE") == "1";

    /// <summary>The file as it stands; empty before it was first written.</summary>
    public static string Read(string path) => File.Exists(Repository.Folder(path)) ? File.ReadAllText(Repository.Folder(path)) : "";

    public static void Check(string path, string actual)
    {
        var expected = Read(path);
        if (expected == actual)
            return;
        if (IsUpdating)
        {
            File.WriteAllText(Repository.Folder(path), actual);
            return;
        }
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail($"{path}:{line + 1} is not what the program writes; run the test with KKMP_UPDATE=1 and read the difference.\n"
            + $"there:   {was.ElementAtOrDefault(line)}\nwritten: {now.ElementAtOrDefault(line)}");
    }
}

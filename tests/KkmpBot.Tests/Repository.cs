namespace KkmpBot.Tests;

/// <summary>Finds the repository's folders from wherever the tests are built to.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Folder(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KkmpBot.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests are not built inside the repository.");
    }
}

namespace KkmpBot.Tests.Operations;

/// <summary>A copy of the real dialog files that a test may change; gone after the test.</summary>
internal sealed class DialogFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kkmp-dialogs-");

    public DialogFolder()
    {
        var real = Repository.Folder("dialogs");
        foreach (var file in Directory.EnumerateFiles(real, "*.yaml", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(real, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Path => System.IO.Path.Combine(folder.FullName, "dialogs");

    /// <summary>Changes every file that holds the text.</summary>
    public DialogFolder Replace(string text, string by)
    {
        foreach (var file in Directory.EnumerateFiles(Path, "*.yaml", SearchOption.AllDirectories))
            File.WriteAllText(file, File.ReadAllText(file).Replace(text, by, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Changes one file; the text must stand in it.</summary>
    public DialogFolder Replace(string file, string text, string by)
    {
        var path = System.IO.Path.Combine(Path, file);
        var content = File.ReadAllText(path);
        Assert.Contains(text, content, StringComparison.Ordinal);
        File.WriteAllText(path, content.Replace(text, by, StringComparison.Ordinal));
        return this;
    }

    public void Dispose() => folder.Delete(recursive: true);
}

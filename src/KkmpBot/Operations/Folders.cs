namespace KkmpBot.Operations;

/// <summary>Where the program reads its dialogs and keeps its data and keys.</summary>
/// <param name="Dialogs">The dialog files; beside the program by default (<c>Dialogs__Path</c>).</param>
/// <param name="Data">Database and logs; <c>data</c> under the folder the program is started in (<c>Data__Path</c>).</param>
/// <param name="Keys">The master key; <c>keys</c> under that folder, so that a copy of the data is no copy of the keys (<c>Keys__Path</c>).</param>
public sealed record Folders(string Dialogs, string Data, string Keys)
{
    /// <summary>The folders that the settings name, made when missing.</summary>
    /// <param name="configuration">The settings.</param>
    public static Folders From(IConfiguration configuration)
    {
        var folders = new Folders(
            configuration["Dialogs:Path"] ?? Path.Combine(AppContext.BaseDirectory, "dialogs"),
            Path.GetFullPath(configuration["Data:Path"] ?? "data"),
            Path.GetFullPath(configuration["Keys:Path"] ?? "keys"));
        EnsureWritable(folders.Data, "Data__Path");
        EnsureWritable(folders.Keys, "Keys__Path");
        return folders;
    }

    private static void EnsureWritable(string folder, string setting)
    {
        var probe = Path.Combine(folder, $".write-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The folder {folder} cannot be written: {failure.Message} Set {setting} to another one.");
        }
    }
}

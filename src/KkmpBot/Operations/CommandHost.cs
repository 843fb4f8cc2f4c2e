using KkmpBot.Conversations;

namespace KkmpBot.Operations;

/// <summary>The container for commands that run to their end: everything a server has but its channels, nothing started.</summary>
internal static class CommandHost
{
    /// <summary>Builds it from the settings; refuses like a server would.</summary>
    /// <param name="add">What the command needs besides.</param>
    public static IHost Build(Action<IServiceCollection>? add = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        var folders = Folders.From(builder.Configuration);
        Logs.Use(builder.Logging, builder.Configuration, folders.Data, toStandardError: true);
        builder.Services.AddKkmp(folders, Composition.DatabaseOf(builder.Configuration, folders));
        builder.Services.AddSingleton(new AttemptLog(null));
        add?.Invoke(builder.Services);
        return builder.Build();
    }
}

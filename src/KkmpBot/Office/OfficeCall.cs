using System.Globalization;
using System.Text;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Office;

/// <summary>One request for a page, already allowed: who asks, what they sent, the database to read, the way to act, the way to answer.</summary>
/// <param name="http">The request.</param>
/// <param name="who">Who is signed in; null on an open page.</param>
/// <param name="db">To read from; nobody writes with it.</param>
/// <param name="parts">The office's parts.</param>
public sealed class OfficeCall(HttpContext http, SignedIn? who, KkmpDbContext db, OfficeParts parts)
{
    /// <summary>The cookie of a session.</summary>
    public const string SessionCookie = "kkmp_kantor";

    /// <summary>The longest text that a field may bring.</summary>
    public const int MaxFieldLength = 1000;

    private IFormCollection? form;

    /// <summary>The request.</summary>
    public HttpContext Http => http;

    /// <summary>Who is signed in; null on an open page.</summary>
    public SignedIn? Visitor => who;

    /// <summary>Who is signed in; throws on an open page.</summary>
    public SignedIn Who => who ?? throw new InvalidOperationException("Nobody is signed in on an open page.");

    /// <summary>The cooperative of who is signed in; throws without one.</summary>
    public int CooperativeId => Who.Caller.CooperativeId ?? throw new InvalidOperationException("The page belongs to a cooperative.");

    /// <summary>To read from.</summary>
    public KkmpDbContext Db => db;

    /// <summary>Opens personal values.</summary>
    public Vault Vault => parts.Vault;

    /// <summary>Signing in and out.</summary>
    public SignIns SignIns => parts.SignIns;

    /// <summary>The time of the request, UTC.</summary>
    public DateTime UtcNow { get; } = parts.Time.GetUtcNow().UtcDateTime;

    /// <summary>Today, WIB.</summary>
    public DateOnly Today => Wib.Day(UtcNow);

    /// <summary>Gives up when the browser goes away; for reading only.</summary>
    public CancellationToken Gone => http.RequestAborted;

    /// <summary>A part of the address, e.g. <c>id</c>.</summary>
    /// <param name="name">As in the route's pattern.</param>
    public string Route(string name) => http.Request.RouteValues[name] as string ?? "";

    /// <summary>The row that the address names; 0, which is none, for anything but a number.</summary>
    public long Id => long.TryParse(Route("id"), NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : 0;

    /// <summary>A value behind the question mark, cut to a field's length; empty when not there.</summary>
    /// <param name="name">Its name.</param>
    public string Query(string name) => Cut(http.Request.Query[name].ToString());

    /// <summary>A field of the posted form, cut to a field's length; empty when not there.</summary>
    /// <param name="name">Its name.</param>
    public string Field(string name) => Cut(form?[name].ToString() ?? "");

    /// <summary>A posted file as text in UTF-8; null when there is none.</summary>
    /// <param name="name">The field.</param>
    public async Task<string?> FileAsync(string name)
    {
        if (form?.Files.GetFile(name) is not { Length: > 0 } file)
            return null;
        using var reader = new StreamReader(file.OpenReadStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(Gone);
    }

    /// <summary>A posted file's bytes; null when there is none, or it is larger.</summary>
    /// <param name="name">The field.</param>
    /// <param name="maxBytes">The most that is read.</param>
    public async Task<byte[]?> BytesAsync(string name, int maxBytes)
    {
        if (form?.Files.GetFile(name) is not { Length: > 0 } file || file.Length > maxBytes)
            return null;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, Gone);
        return bytes.ToArray();
    }

    /// <summary>True when a file was posted at all.</summary>
    /// <param name="name">The field.</param>
    public bool HasFile(string name) => form?.Files.GetFile(name) is { Length: > 0 };

    /// <summary>Answers with a picture to show.</summary>
    /// <param name="file">The picture.</param>
    public async Task ShowAsync(Channels.OutboundFile file)
    {
        http.Response.ContentType = file.MimeType;
        http.Response.Headers.CacheControl = "private, no-store";
        await http.Response.Body.WriteAsync(file.Bytes, Gone);
    }

    /// <summary>Reads the posted form, once.</summary>
    internal async Task ReadFormAsync() => form = await http.Request.ReadFormAsync(Gone);

    /// <summary>Does something in a turn of who is signed in: the same capabilities as the chat.</summary>
    /// <param name="act">Writes through the turn; may be run more than once.</param>
    public Task<T> InTurnAsync<T>(Func<Turn, CancellationToken, Task<T>> act) => parts.Turns.RunAsync(Who.Caller, ActKey, act);

    /// <summary>Does something in a turn of somebody whom the address itself names: nobody is signed in.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="act">Writes through the turn; may be run more than once.</param>
    public Task<T> ActAsync<T>(Caller caller, Func<Turn, CancellationToken, Task<T>> act) => parts.Turns.RunAsync(caller, $"page:{caller.PersonId}:{http.TraceIdentifier}", act);

    /// <summary>Calls a capability in a turn of its own.</summary>
    /// <param name="name">As dialogs call it.</param>
    /// <param name="arguments">Its arguments.</param>
    public Task<Outcome> DoAsync(string name, params (string Name, Value Value)[] arguments) =>
        InTurnAsync((turn, ct) => CallAsync(turn, name, ct, arguments));

    /// <summary>Calls a capability in a turn of its own, unless this very form was sent before: a second press does nothing.</summary>
    /// <param name="name">As dialogs call it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Null when it was done before.</returns>
    public Task<Outcome?> DoOnceAsync(string name, params (string Name, Value Value)[] arguments) => InTurnAsync(async (turn, ct) =>
        await IsFirstAsync(turn, ct) ? await CallAsync(turn, name, ct, arguments) : null);

    /// <summary>Calls a capability inside a turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="name">As dialogs call it.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<Outcome> CallAsync(Turn turn, string name, CancellationToken ct, params (string Name, Value Value)[] arguments) =>
        await parts.Slices.Capabilities[name].CallAsync(new CapabilityCall(name, arguments.ToDictionary(pair => pair.Name, pair => pair.Value)), turn, ct);

    /// <summary>True the first time that this form is sent; its mark is part of the turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task<bool> IsFirstAsync(Turn turn, CancellationToken ct) => Field("act").Length > 0 && await turn.Db.Database.ExecuteSqlAsync(
        $"INSERT INTO received_updates (channel, update_key, at_utc) VALUES ('office', {ActKey}, {turn.UtcNow}) ON CONFLICT DO NOTHING", ct) == 1;

    /// <summary>Answers with a page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="model">What it shows.</param>
    /// <param name="line">A line above it; null for none.</param>
    public async Task PageAsync<TPage, TModel>(string title, TModel model, PageLine? line = null)
        where TPage : PageOf<TModel>
    {
        var cookie = http.Request.Cookies[SessionCookie];
        var frame = new OfficeFrame(title, who, cookie is null ? "" : parts.SignIns.FormToken(cookie), http.Request.Path, line ?? PageLine.Of(Query("kabar")));
        string html = await parts.Renderer.RenderAsync<TPage>(new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model });
        await http.Response.WriteAsync(html, Gone);
    }

    /// <summary>Answers with a file to keep.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="content">Its bytes.</param>
    public async Task FileAsync(string name, string contentType, byte[] content)
    {
        http.Response.ContentType = contentType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await http.Response.Body.WriteAsync(content, Gone);
    }

    /// <summary>Sends the browser on, after an act: a reload repeats nothing.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="notice">A key of <see cref="PageLine"/>; null for none.</param>
    public void GoTo(string path, string? notice = null)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = notice is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}kabar={notice}";
    }

    private string ActKey => $"page:{Who.Caller.PersonId}:{(Field("act") is { Length: > 0 and <= 64 } act ? act : http.TraceIdentifier)}";

    private static string Cut(string text) => text.Length <= MaxFieldLength ? text.Trim() : text[..MaxFieldLength].Trim();
}

/// <summary>What every page needs; from the container.</summary>
public sealed record OfficeParts(Database Database, Vault Vault, SignIns SignIns, PageTurns Turns, Slices Slices, PageRenderer Renderer, TimeProvider Time);

/// <summary>Turns a page's component into HTML, without a browser's state or a connection.</summary>
/// <param name="services">The container.</param>
/// <param name="logs">The log.</param>
public sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>Renders a page.</summary>
    /// <param name="parameters">Of the component.</param>
    public async Task<string> RenderAsync<TPage>(IDictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new Microsoft.AspNetCore.Components.Web.HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}

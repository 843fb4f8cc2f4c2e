using System.Text.RegularExpressions;

namespace KkmpBot.Tests.Office;

/// <summary>A browser without scripts: it keeps cookies, follows what a form says, and calls itself something.</summary>
internal sealed partial class OfficeBrowser(HttpClient http, string name = "Chrome 140")
{
    private readonly Dictionary<string, string> cookies = [];
    private string page = "";

    public IReadOnlyDictionary<string, string> Cookies => cookies;

    /// <summary>The last page's HTML.</summary>
    public string Page => page;

    /// <summary>Sends no Origin when null, as older browsers do.</summary>
    public string? Origin { get; set; }

    /// <summary>Puts a cookie in, as somebody does who wants a session of their own choice to be used.</summary>
    public void Plant(string cookie, string value) => cookies[cookie] = value;

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Presses a button: the hidden fields of the last page's first form for this address go along.</summary>
    public Task<HttpResponseMessage> PressAsync(string path, params (string Name, string Value)[] fields)
    {
        var form = Forms().FirstOrDefault(form => form.Action == path) ?? throw new InvalidOperationException($"The page has no form for {path}:\n{page}");
        return PostAsync(path, [.. form.Hidden.Where(hidden => !fields.Any(field => field.Name == hidden.Name)), .. fields]);
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        return SendAsync(request);
    }

    public Task<HttpResponseMessage> UploadAsync(string path, string field, string content) =>
        UploadAsync(path, field, System.Text.Encoding.UTF8.GetBytes(content));

    public Task<HttpResponseMessage> UploadAsync(string path, string field, byte[] content, params (string Name, string Value)[] fields)
    {
        var form = Forms().First(form => form.Action == path);
        var body = new MultipartFormDataContent();
        foreach (var (hidden, value) in form.Hidden.Concat(fields))
            body.Add(new StringContent(value), hidden);
        body.Add(new ByteArrayContent(content), field, "berkas");
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = body });
    }

    /// <summary>Opens a link from the chat and presses its button.</summary>
    public async Task<HttpResponseMessage> EnterAsync(string link)
    {
        using var opened = await GetAsync(link);
        return await PressAsync(link);
    }

    /// <summary>The value of a hidden field of the last page.</summary>
    public string Hidden(string field) => Forms().SelectMany(form => form.Hidden).First(hidden => hidden.Name == field).Value;

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", name);
            if (cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            if (Origin is not null)
                request.Headers.Add("Origin", Origin);
            var answer = await http.SendAsync(request);
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
                Keep(set);
            page = await answer.Content.ReadAsStringAsync();
            return answer;
        }
    }

    private void Keep(string set)
    {
        var pair = set.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0 || set.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            cookies.Remove(pair[0]);
        else
            cookies[pair[0]] = pair[1];
    }

    private IEnumerable<Form> Forms() => FormPattern().Matches(page).Select(form => new Form(
        System.Net.WebUtility.HtmlDecode(form.Groups["action"].Value),
        [.. HiddenPattern().Matches(form.Groups["body"].Value).Select(hidden => (hidden.Groups["name"].Value, System.Net.WebUtility.HtmlDecode(hidden.Groups["value"].Value)))]));

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>[^\"]*)\"[^>]*>(?<body>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FormPattern();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex HiddenPattern();

    private sealed record Form(string Action, IReadOnlyList<(string Name, string Value)> Hidden);
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KkmpBot.Tests.Platforms.BotApi;

/// <summary>The parameters of a call, from the query, a form or a JSON body, and whether they are what the method takes.</summary>
internal static class BotApiArguments
{
    /// <summary>Reads them; the Bot API takes all three at once. Throws <see cref="JsonException"/> when a body is not JSON.</summary>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, BotApiParameter[] known)
    {
        var arguments = new JsonObject();
        foreach (var (name, values) in request.Query)
        {
            arguments[name] = FromText(name, values.ToString(), known);
        }

        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            foreach (var (name, values) in form)
            {
                arguments[name] = FromText(name, values.ToString(), known);
            }

            foreach (var file in form.Files)
            {
                arguments[file.Name] = new JsonObject { ["file_name"] = file.FileName, ["mime_type"] = file.ContentType, ["file_size"] = file.Length };
            }
        }
        else if (request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0)
        {
            var body = await JsonNode.ParseAsync(request.Body) as JsonObject ?? throw new JsonException("The body is not an object.");
            foreach (var (name, value) in body)
            {
                arguments[name] = value?.DeepClone();
            }
        }

        return arguments;
    }

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public static string? FindProblem(JsonObject arguments, BotApiParameter[] known)
    {
        foreach (var (name, value) in arguments)
        {
            var parameter = Array.Find(known, candidate => candidate.Name == name);
            if (parameter is null)
            {
                return $"unknown parameter {name}";
            }

            if (value is null || !IsOfKind(value, parameter.Kind))
            {
                return $"parameter {name} is not of type {parameter.Kind}";
            }

            if (Check(parameter, value) is { } broken)
            {
                return broken;
            }
        }

        var missing = Array.Find(known, parameter => parameter.IsRequired && !arguments.ContainsKey(parameter.Name));
        return missing is null ? null : $"parameter {missing.Name} is missing";
    }

    private static string? Check(BotApiParameter parameter, JsonNode value)
    {
        try
        {
            return parameter.Rule?.Invoke(value);
        }
        catch (InvalidOperationException)
        {
            return $"parameter {parameter.Name} holds a value of a wrong type";
        }
    }

    private static bool IsOfKind(JsonNode value, BotApiKind kind) => kind switch
    {
        BotApiKind.Integer => IsInteger(value),
        BotApiKind.ChatId => IsInteger(value) || value.GetValueKind() == JsonValueKind.String,
        BotApiKind.Text => value.GetValueKind() == JsonValueKind.String,
        BotApiKind.Flag => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        BotApiKind.List => value is JsonArray,
        _ => value is JsonObject,
    };

    private static bool IsInteger(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _);

    /// <summary>In a query or a form everything is text, and what is not a scalar is JSON inside it.</summary>
    private static JsonNode? FromText(string name, string text, BotApiParameter[] known) =>
        Array.Find(known, candidate => candidate.Name == name)?.Kind switch
        {
            null or BotApiKind.Text => JsonValue.Create(text),
            BotApiKind.ChatId when !long.TryParse(text, CultureInfo.InvariantCulture, out _) => JsonValue.Create(text),
            _ => JsonNode.Parse(text),
        };
}

using KkmpBot.Data;

namespace KkmpBot.Operations;

/// <summary><c>/healthz</c>: 200 when the database answers, 503 otherwise.</summary>
public static class Health
{
    /// <summary>Maps the page.</summary>
    /// <param name="app">The routes.</param>
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/healthz", async (Database database, CancellationToken ct) =>
    {
        try
        {
            await using var connection = await database.OpenAsync(ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(ct);
            return Results.Text("ok\n");
        }
        catch (System.Data.Common.DbException)
        {
            return Results.Text("database unavailable\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    });
}

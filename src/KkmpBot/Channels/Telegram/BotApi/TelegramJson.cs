using System.Text.Json;
using System.Text.Json.Serialization;

namespace KkmpBot.Channels.Telegram.BotApi;

/// <summary>Reads and writes the Bot API's JSON without reflection. Unknown members are skipped: every release adds some.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(GetMeRequest))]
[JsonSerializable(typeof(GetUpdatesRequest))]
[JsonSerializable(typeof(SetWebhookRequest))]
[JsonSerializable(typeof(DeleteWebhookRequest))]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(EditMessageTextRequest))]
[JsonSerializable(typeof(ReplyMarkup))]
[JsonSerializable(typeof(AnswerCallbackQueryRequest))]
[JsonSerializable(typeof(SetMyCommandsRequest))]
[JsonSerializable(typeof(GetFileRequest))]
[JsonSerializable(typeof(BotApiResponse<TelegramFile>), TypeInfoPropertyName = "FileResponse")]
[JsonSerializable(typeof(BotApiResponse<bool>), TypeInfoPropertyName = "BooleanResponse")]
[JsonSerializable(typeof(BotApiResponse<User>), TypeInfoPropertyName = "UserResponse")]
[JsonSerializable(typeof(BotApiResponse<SentMessage>), TypeInfoPropertyName = "SentMessageResponse")]
[JsonSerializable(typeof(BotApiResponse<IReadOnlyList<JsonElement>>), TypeInfoPropertyName = "UpdatesResponse")]
public sealed partial class TelegramJson : JsonSerializerContext;

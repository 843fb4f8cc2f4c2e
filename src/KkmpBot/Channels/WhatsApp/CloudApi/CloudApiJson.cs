using System.Text.Json.Serialization;

namespace KkmpBot.Channels.WhatsApp.CloudApi;

/// <summary>Reads and writes the Cloud API's JSON without reflection. Unknown members are skipped: Meta adds some every quarter.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(MediaAnswer))]
[JsonSerializable(typeof(ReadAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
public sealed partial class CloudApiJson : JsonSerializerContext;

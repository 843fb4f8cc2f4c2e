using System.Text.Json;
using System.Text.Json.Serialization;

namespace KkmpBot.Channels.Telegram.BotApi;

// {"update_id":310000001,"message":{"message_id":401,"from":{"id":5012345678,"is_bot":false,"first_name":"Ann"},
//  "chat":{"id":5012345678,"type":"private"},"date":1795300000,"text":"Halo"}}

/// <summary>Something that happened, with exactly one member set besides its id. Members we do not read are skipped.</summary>
/// <param name="UpdateId">Unique; usually ascending, but random again after a quiet week.</param>
/// <param name="Message">A new message.</param>
/// <param name="EditedMessage">A message as it reads after a correction.</param>
/// <param name="CallbackQuery">A pressed inline button.</param>
/// <param name="MyChatMember">The bot was blocked or allowed again.</param>
public sealed record Update(
    long UpdateId,
    Message? Message = null,
    Message? EditedMessage = null,
    CallbackQuery? CallbackQuery = null,
    ChatMemberUpdated? MyChatMember = null);

/// <summary>A message; one without any content named here is legal (a sticker, a die, what a later version adds).</summary>
/// <param name="Chat">Where it was written.</param>
/// <param name="From">Who wrote it; absent in channels.</param>
/// <param name="Text">The words.</param>
/// <param name="Entities">Special parts of the words.</param>
/// <param name="Caption">The words under a picture or file.</param>
/// <param name="Contact">A contact card.</param>
/// <param name="Photo">A picture in several sizes (PhotoSize[]), read by <see cref="TelegramPictures"/>.</param>
/// <param name="Voice">A voice note.</param>
/// <param name="Audio">A piece of music.</param>
/// <param name="Location">A place.</param>
/// <param name="Document">A file, read by <see cref="TelegramPictures"/>; an animation repeats itself here.</param>
/// <param name="Animation">A GIF.</param>
public sealed record Message(
    Chat Chat,
    User? From = null,
    string? Text = null,
    IReadOnlyList<MessageEntity>? Entities = null,
    string? Caption = null,
    Contact? Contact = null,
    JsonElement? Photo = null,
    Present? Voice = null,
    Present? Audio = null,
    Present? Location = null,
    JsonElement? Document = null,
    Present? Animation = null)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(Message);
}

/// <summary>A chat; a private chat's id is the person's id.</summary>
/// <param name="Id">Up to 52 bits; negative for groups.</param>
/// <param name="Type">private, group, supergroup or channel.</param>
public sealed record Chat(long Id, string Type);

/// <summary>A person or a bot.</summary>
/// <param name="Id">Up to 52 bits.</param>
/// <param name="IsBot">True for bots.</param>
/// <param name="FirstName">May be empty for a deleted account.</param>
/// <param name="LastName">Optional.</param>
/// <param name="Username">Without @; can change or vanish.</param>
public sealed record User(long Id, bool IsBot = false, string? FirstName = null, string? LastName = null, string? Username = null)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(User);
}

/// <summary>A special part of a text.</summary>
/// <param name="Type">bot_command, mention and others.</param>
/// <param name="Offset">In UTF-16 code units.</param>
/// <param name="Length">In UTF-16 code units.</param>
public sealed record MessageEntity(string Type, int Offset, int Length);

/// <summary>A contact card; it is the sender's own only when <paramref name="UserId"/> is the sender's id.</summary>
/// <param name="PhoneNumber">International, the + may be missing.</param>
/// <param name="UserId">Whose card it is, when that is a Telegram user.</param>
public sealed record Contact(string PhoneNumber, long? UserId = null)
{
    /// <summary>Never the content: it is personal.</summary>
    public override string ToString() => nameof(Contact);
}

// {"id":"2153487650938475612","from":{…},"message":{…},"chat_instance":"-58","data":"v1:pay:8fK2"}

/// <summary>A pressed inline button. A modified client may send any data.</summary>
/// <param name="Id">To be answered soon, or the button goes on turning.</param>
/// <param name="From">Who pressed it.</param>
/// <param name="Message">The message it hangs on; absent for inline messages.</param>
/// <param name="Data">What we put into the button, at most 64 bytes.</param>
public sealed record CallbackQuery(string Id, User From, MaybeInaccessibleMessage? Message = null, string? Data = null);

/// <summary>A message, or what is left of one that is too old or deleted.</summary>
/// <param name="Chat">Where it is.</param>
public sealed record MaybeInaccessibleMessage(Chat Chat);

// {"chat":{…},"from":{…},"date":1795300200,"old_chat_member":{"status":"member","user":{…}},"new_chat_member":{"status":"kicked",…}}

/// <summary>The bot's own standing in a chat changed; in a private chat this means blocked or allowed again.</summary>
/// <param name="Chat">Where.</param>
/// <param name="From">Who did it.</param>
/// <param name="NewChatMember">The bot's new standing.</param>
public sealed record ChatMemberUpdated(Chat Chat, User From, ChatMember NewChatMember);

/// <summary>A standing in a chat.</summary>
/// <param name="Status">creator, administrator, member, restricted, left or kicked.</param>
public sealed record ChatMember(string Status);

/// <summary>Says that a member was there; its content is not kept.</summary>
[JsonConverter(typeof(PresentConverter))]
public readonly record struct Present;

/// <summary>Skips a value and keeps that it was there.</summary>
public sealed class PresentConverter : JsonConverter<Present>
{
    /// <inheritdoc/>
    public override Present Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return default;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Present value, JsonSerializerOptions options) => writer.WriteBooleanValue(true);
}

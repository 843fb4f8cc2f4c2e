using System.Globalization;
using KkmpBot.Conversations;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Links;

/// <summary>An address of the person as the dialogs show it: which channel, and since when it was not used.</summary>
internal static class Addresses
{
    /// <summary>The most that are listed.</summary>
    public const int MaxListed = 9;

    /// <summary><c>name</c> of the channel, <c>here</c> for the one they write from, the day it was <c>seen</c>.</summary>
    public static DialogType Type { get; } = DialogType.Record(
        "linked_address", ("key", DialogType.TextOf(19)), ("name", DialogType.TextOf(24)), ("seen", DialogType.Date));

    /// <summary>Addresses.</summary>
    public static DialogType ListType { get; } = DialogType.List("linked_addresses", Type, MaxListed);

    /// <summary>The record of an address.</summary>
    /// <param name="address">The row.</param>
    /// <param name="turn">The turn.</param>
    public static RecordValue Of(ChannelAddress address, Turn turn) => RecordValue.Of(
        ("key", new TextValue(address.Id.ToString(CultureInfo.InvariantCulture))),
        ("name", new TextValue(address.Id == turn.Caller.AddressId ? $"{NameOf(address.Channel)} (di sini)" : NameOf(address.Channel))),
        ("seen", new DateValue(Wib.Day(address.LastSeenUtc))));

    /// <summary>The caller's addresses: the one they write from, then the latest.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<List<ChannelAddress>> OfCallerAsync(Turn turn, CancellationToken ct) =>
        await turn.Db.Set<ChannelAddress>().AsNoTracking()
            .Where(row => row.PersonId == turn.Caller.PersonId)
            .OrderBy(row => row.Id == turn.Caller.AddressId ? 0 : 1).ThenByDescending(row => row.LastSeenUtc).ThenByDescending(row => row.Id)
            .Take(MaxListed).ToListAsync(ct);

    private static string NameOf(string channel) => channel switch
    {
        "whatsapp" => "WhatsApp",
        "telegram" => "Telegram",
        "web" => "Halaman web",
        _ => "Terminal",
    };
}

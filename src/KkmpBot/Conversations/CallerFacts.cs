using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>Turns the row of a caller into the facts that dialogs read, and into the caller that capabilities see.</summary>
internal static class CallerFacts
{
    private const string NicknameOfStrangers = "Bapak/Ibu";
    private static readonly RecordValue NoCooperative = Cooperative(new CooperativeRow(0, "", "", null, null, 0, 0, false), isKnown: false);

    public static Caller Caller(CallerRow row) =>
        new(row.PersonId, row.AddressId, row.Channel, row.MemberId, row.Cooperative?.Id, row.OfficerRole);

    public static Facts Facts(CallerRow row, Vault vault, bool autoApprove, string? said = null) =>
        new(new Dictionary<string, RecordValue>
        {
            ["member"] = RecordValue.Of(
                ("status", new TextValue(row.MemberStatus ?? "stranger")),
                ("nickname", new TextValue(row.Nickname is null ? NicknameOfStrangers : vault.Open(row.Nickname))),
                ("number", new TextValue(row.MemberNumber is { } number ? $"{number:0000}" : "")),
                ("is_civil_servant", new YesNoValue(row.IsCivilServant))),
            ["cooperative"] = row.Cooperative is { } cooperative ? Cooperative(cooperative, isKnown: true) : NoCooperative,
            ["person"] = RecordValue.Of(
                ("channel", new TextValue(row.Channel)),
                ("is_officer", new YesNoValue(row.OfficerRole is not null)),
                ("role", new TextValue(row.OfficerRole ?? "none")),
                ("in_talk", new YesNoValue(row.IsInTalk)),
                ("auto_approve", new YesNoValue(autoApprove))),
            ["message"] = RecordValue.Of(("text", new TextValue(Short(said ?? "")))),
        });

    private static RecordValue Cooperative(CooperativeRow row, bool isKnown) => RecordValue.Of(
        ("known", new YesNoValue(isKnown)),
        ("name", new TextValue($"KKMP {row.Kelurahan}")),
        ("kelurahan", new TextValue(row.Kelurahan)),
        ("kecamatan", new TextValue(row.Kecamatan)),
        ("address", new TextValue(row.OutletAddress ?? "")),
        ("hours", new TextValue(row.OpeningHours ?? "")),
        ("pokok", new MoneyValue(row.PokokRupiah)),
        ("wajib", new MoneyValue(row.WajibRupiah)),
        ("takes_sukarela", new YesNoValue(row.TakesSukarela)));

    private static string Short(string said) => said.Length <= TurnFacts.MaxSaidLength ? said : said[..TurnFacts.MaxSaidLength];
}

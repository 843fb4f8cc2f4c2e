using KkmpBot.Conversations;
using KkmpBot.Data;

namespace KkmpBot.Members;

/// <summary>What an application says, from the chat or from the counter, already read and checked.</summary>
/// <param name="FullName">As on the KTP.</param>
/// <param name="Nik">16 digits.</param>
/// <param name="Phone">In E.164.</param>
/// <param name="Address">"RT 003/RW 005".</param>
/// <param name="IsCivilServant">PNS or PPPK.</param>
/// <param name="Nip">18 digits; null for none.</param>
internal sealed record Applicant(PersonName FullName, NikNumber Nik, PhoneNumber Phone, string Address, bool IsCivilServant, string? Nip)
{
    /// <summary>Nothing of the person.</summary>
    public override string ToString() => "[applicant]";

    /// <summary>The application as it is stored: it waits for the board.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="personId">Whose.</param>
    /// <param name="cooperativeId">To which cooperative.</param>
    public Member Apply(Turn turn, long personId, int cooperativeId) => new()
    {
        PersonId = personId,
        CooperativeId = cooperativeId,
        FullName = turn.Vault.Seal(FullName.Full),
        Nik = turn.Vault.Seal(Nik.Digits),
        NikIndex = turn.Vault.Index("nik", Nik.Digits),
        Phone = turn.Vault.Seal(Phone.E164),
        Address = turn.Vault.Seal(Address),
        IsCivilServant = IsCivilServant,
        Nip = Nip is null ? null : turn.Vault.Seal(Nip),
        NipIndex = Nip is null ? null : turn.Vault.Index("nip", Nip),
        AppliedUtc = turn.UtcNow,
    };

    /// <summary>What their name suggests to call them by, where they never said; null where it suggests nothing.</summary>
    /// <param name="turn">The turn.</param>
    public SealedText? SuggestNickname(Turn turn) =>
        Nickname.For(FullName, Nik, Wib.Day(turn.UtcNow)) is { } nickname ? turn.Vault.Seal(nickname) : null;
}

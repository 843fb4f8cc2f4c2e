using KkmpBot.Conversations;
using KkmpBot.Members;

namespace KkmpBot.Office;

/// <summary>What somebody must be allowed to do to open a page or press its button.</summary>
public enum Right
{
    /// <summary>Nothing: open to everybody.</summary>
    Anyone,
    /// <summary>To be signed in, in whatever role.</summary>
    SignedIn,
    /// <summary>To look into the papers of their cooperative: every officer, the supervisor too.</summary>
    Look,
    /// <summary>To decide on applications: chair, treasurer.</summary>
    Admit,
    /// <summary>To take money: chair, treasurer.</summary>
    TakeMoney,
    /// <summary>To hand over and count goods: chair, warehouse.</summary>
    MoveGoods,
    /// <summary>To answer members: every officer who acts.</summary>
    Answer,
    /// <summary>To hold trainings: chair; the city for everybody.</summary>
    Train,
    /// <summary>To read who did what: chair, supervisor.</summary>
    ReadLog,
    /// <summary>To record what the city does with a cooperative: city, administrator.</summary>
    City,
    /// <summary>To give offices: administrator.</summary>
    Appoint,
}

/// <summary>Who is signed in, as read for this request.</summary>
/// <param name="SessionId">The session's row.</param>
/// <param name="Caller">As capabilities see them; of their own cooperative only.</param>
/// <param name="CityRole">The role in the city; null for none.</param>
/// <param name="Name">How they are called; null when they never said.</param>
/// <param name="CooperativeName">The cooperative of their office; null without one.</param>
public sealed record SignedIn(long SessionId, Caller Caller, string? CityRole, string? Name, string? CooperativeName)
{
    /// <summary>Never what they are called.</summary>
    public override string ToString() => $"{nameof(SignedIn)} {SessionId}";

    /// <summary>Whether they may.</summary>
    /// <param name="right">What.</param>
    public bool May(Right right) => right switch
    {
        Right.Anyone or Right.SignedIn => true,
        Right.Look => OfficerRole.MayLook(Caller),
        Right.Admit => OfficerRole.MayAdmit(Caller),
        Right.TakeMoney => OfficerRole.MayTakeMoney(Caller),
        Right.MoveGoods => OfficerRole.MayMoveGoods(Caller),
        Right.Answer => OfficerRole.MayAnswer(Caller),
        Right.Train => Caller is { OfficerRole: OfficerRole.Chair, CooperativeId: not null } || OfficerRole.MayServeCity(Caller),
        Right.ReadLog => Caller is { OfficerRole: OfficerRole.Chair or OfficerRole.Supervisor, CooperativeId: not null },
        Right.City => CityRole is OfficerRole.City or OfficerRole.Administrator,
        Right.Appoint => CityRole == OfficerRole.Administrator,
        _ => throw new ArgumentOutOfRangeException(nameof(right), right, "There is no such right."),
    };

    /// <summary>The role as people say it.</summary>
    public string RoleText => (Caller.OfficerRole, CityRole) switch
    {
        (OfficerRole.Chair, _) => "Ketua",
        (OfficerRole.Treasurer, _) => "Bendahara",
        (OfficerRole.Warehouse, _) => "Petugas gudang",
        (OfficerRole.Supervisor, _) => "Pengawas",
        (_, OfficerRole.Administrator) => "Administrator",
        (_, OfficerRole.Mentor) => "Pendamping",
        _ => "Petugas kota",
    };
}

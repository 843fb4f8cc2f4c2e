using KkmpBot.Conversations;

namespace KkmpBot.Members;

/// <summary>
/// The offices of a cooperative and what each may do there. The lurah is chairman of the supervisors by office (Juklak Menkop 1/2025) and
/// therefore reads, and changes nothing.
/// </summary>
public static class OfficerRole
{
    /// <summary>Ketua: everything.</summary>
    public const string Chair = "chair";

    /// <summary>Bendahara: admissions and money.</summary>
    public const string Treasurer = "treasurer";

    /// <summary>Petugas gudang: goods.</summary>
    public const string Warehouse = "warehouse";

    /// <summary>Pengawas: looks, never acts.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>The city's office for cooperatives: its programmes, and counts of all cooperatives; never a member's data or balance.</summary>
    public const string City = "city";

    /// <summary>A mentor whom the city sends to the cooperatives: notes visits and what they found.</summary>
    public const string Mentor = "mentor";

    /// <summary>Looks after the whole service: the city's rights, and names officers.</summary>
    public const string Administrator = "administrator";

    /// <summary>True for an office of the city, which belongs to no cooperative.</summary>
    /// <param name="role">A role; null for none.</param>
    public static bool IsOfTheCity(string? role) => role is City or Mentor or Administrator;

    /// <summary>True for whoever decides on applications (pengurus, UU 25/1992 art. 30).</summary>
    /// <param name="caller">Who is talking.</param>
    public static bool MayAdmit(Caller caller) => caller is { OfficerRole: Chair or Treasurer, CooperativeId: not null };

    /// <summary>True for whoever may take and book money.</summary>
    /// <param name="caller">Who is talking.</param>
    public static bool MayTakeMoney(Caller caller) => caller is { OfficerRole: Chair or Treasurer, CooperativeId: not null };

    /// <summary>True for whoever may hand over and count goods.</summary>
    /// <param name="caller">Who is talking.</param>
    public static bool MayMoveGoods(Caller caller) => caller is { OfficerRole: Chair or Warehouse, CooperativeId: not null };

    /// <summary>True for whoever may answer members: every officer who acts.</summary>
    /// <param name="caller">Who is talking.</param>
    public static bool MayAnswer(Caller caller) => MayAdmit(caller) || MayMoveGoods(caller);

    /// <summary>True for whoever may look into the cooperative's papers; every look at a person's data is recorded.</summary>
    /// <param name="caller">Who is talking.</param>
    public static bool MayLook(Caller caller) => caller is { OfficerRole: Chair or Treasurer or Warehouse or Supervisor, CooperativeId: not null };

    /// <summary>True for the city's office, which carries its programmes to every cooperative.</summary>
    /// <param name="caller">Who is talking.</param>
    public static bool MayServeCity(Caller caller) => caller is { OfficerRole: City or Administrator };
}

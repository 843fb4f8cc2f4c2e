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
    public static bool MayLook(Caller caller) => caller is { OfficerRole: not null, CooperativeId: not null };
}

namespace KkmpBot.Members;

/// <summary>How the people of the demo are reached: <c>chat --as 081200000001</c>.</summary>
public static class DemoPeople
{
    /// <summary>The demo cooperative's kelurahan: Jatisari, Mijen.</summary>
    public const string CooperativeCode = "33.74.14.1013";

    /// <summary>Bu Sri, a member with months of savings.</summary>
    public const string MemberPhone = "+6281200000001";

    /// <summary>Pak Slamet, another member.</summary>
    public const string NeighbourPhone = "+6281200000006";

    /// <summary>Bu Rina, a member and civil servant.</summary>
    public const string CivilServantPhone = "+6281200000008";

    /// <summary>The chair: decides on applications, takes deposits, hands over goods.</summary>
    public const string OfficerPhone = "+6281200000002";

    /// <summary>The treasurer.</summary>
    public const string TreasurerPhone = "+6281200000003";

    /// <summary>The warehouse officer.</summary>
    public const string WarehousePhone = "+6281200000004";

    /// <summary>The supervisor: reads only.</summary>
    public const string SupervisorPhone = "+6281200000005";

    /// <summary>Somebody of the city's office for cooperatives.</summary>
    public const string CityPhone = "+6281200000013";

    /// <summary>A mentor of the city.</summary>
    public const string MentorPhone = "+6281200000014";
}

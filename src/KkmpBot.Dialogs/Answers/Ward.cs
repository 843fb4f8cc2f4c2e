namespace KkmpBot.Dialogs.Answers;

/// <summary>A kelurahan of the city.</summary>
/// <param name="Code">Kemendagri's, e.g. 33.74.14.1013.</param>
/// <param name="Kelurahan">Its name; two names occur twice.</param>
/// <param name="Kecamatan">The district that tells them apart.</param>
public sealed record Ward(string Code, string Kelurahan, string Kecamatan);

/// <summary>How well typed words fit the kelurahan found.</summary>
public enum WardFit
{
    /// <summary>One kelurahan, spelled so.</summary>
    Exact,
    /// <summary>Several are called so: the kecamatan must be asked.</summary>
    Several,
    /// <summary>Only similar names: each must be shown with its kecamatan and confirmed.</summary>
    Near,
    /// <summary>Nothing like it.</summary>
    None,
}

/// <summary>What typed words may mean.</summary>
/// <param name="Fit">How sure it is.</param>
/// <param name="Wards">The candidates, best first; at most <see cref="KelurahanFinder.MaxCandidates"/>.</param>
/// <param name="Start">The first piece of the sentence that was used.</param>
/// <param name="End">The piece after the last.</param>
public sealed record WardMatch(WardFit Fit, IReadOnlyList<Ward> Wards, int Start, int End)
{
    /// <summary>True when the kecamatan stood beside the name and agrees.</summary>
    public bool KecamatanSaid { get; init; }

    /// <summary>Nothing found.</summary>
    public static WardMatch Nothing { get; } = new(WardFit.None, [], 0, 0);
}

namespace KkmpBot.Ledger;

/// <summary>Which side of the books makes an account grow, and where the statements show it.</summary>
public enum AccountKind
{
    /// <summary>What the cooperative has; grows by debit.</summary>
    Asset,
    /// <summary>What it owes; grows by credit.</summary>
    Liability,
    /// <summary>What its members put in for good; grows by credit.</summary>
    Equity,
    /// <summary>What it earns; grows by credit.</summary>
    Income,
    /// <summary>What it spends; grows by debit.</summary>
    Expense,
}

/// <summary>
/// A line of the chart of accounts, the same for all cooperatives, in the order of their statements (neraca, then PHU). Simpanan pokok and wajib are equity (UU 25/1992 art. 41); simpanan
/// sukarela can be withdrawn and is a liability. Deposits are never income.
/// </summary>
/// <param name="Code">Four digits, as the journal stores it; the first one is the kind.</param>
/// <param name="Name">As the statements print it.</param>
/// <param name="Kind">Its side and statement.</param>
public sealed record Account(string Code, string Name, AccountKind Kind)
{
    /// <summary>Cash in the drawer.</summary>
    public static Account Cash { get; } = new("1101", "Kas", AccountKind.Asset);

    /// <summary>Money in the bank.</summary>
    public static Account Bank { get; } = new("1102", "Bank", AccountKind.Asset);

    /// <summary>What buyers still have to pay.</summary>
    public static Account Receivables { get; } = new("1201", "Piutang usaha", AccountKind.Asset);

    /// <summary>Goods on the shelf, at cost.</summary>
    public static Account Stock { get; } = new("1301", "Persediaan barang", AccountKind.Asset);

    /// <summary>Sorted waste that members brought and that was not sold on yet, at the price they were credited.</summary>
    public static Account WasteStock { get; } = new("1302", "Persediaan sampah", AccountKind.Asset);

    /// <summary>Equipment, at cost.</summary>
    public static Account Equipment { get; } = new("1501", "Inventaris", AccountKind.Asset);

    /// <summary>What the equipment has lost in value; stands against it.</summary>
    public static Account AccumulatedDepreciation { get; } = new("1502", "Akumulasi penyusutan", AccountKind.Asset);

    /// <summary>What suppliers still have to be paid.</summary>
    public static Account Payables { get; } = new("2101", "Hutang usaha", AccountKind.Liability);

    /// <summary>Simpanan sukarela: a member may take it back at any time.</summary>
    public static Account Sukarela { get; } = new("2102", "Simpanan sukarela", AccountKind.Liability);

    /// <summary>What members were credited for waste; they may take it out or buy with it at any time.</summary>
    public static Account WasteSavings { get; } = new("2105", "Tabungan bank sampah", AccountKind.Liability);

    /// <summary>What buyers paid before they got their goods.</summary>
    public static Account Prepayments { get; } = new("2103", "Titipan pembeli", AccountKind.Liability);

    /// <summary>What partners' customers paid here and partners still have to get: bills, parcels, goods on consignment.</summary>
    public static Account PartnerMoney { get; } = new("2104", "Titipan mitra", AccountKind.Liability);

    /// <summary>Members' shares of SHU that were decided and not fetched yet.</summary>
    public static Account MemberShu { get; } = new("2201", "SHU bagian anggota", AccountKind.Liability);

    /// <summary>The part of SHU for members' education (UU 25/1992 art. 45).</summary>
    public static Account EducationFund { get; } = new("2202", "Dana pendidikan", AccountKind.Liability);

    /// <summary>The part of SHU for board, supervisors and staff.</summary>
    public static Account IncentiveFund { get; } = new("2203", "Dana pengurus dan karyawan", AccountKind.Liability);

    /// <summary>The part of SHU for the neighbourhood and whatever else the meeting decides.</summary>
    public static Account SocialFund { get; } = new("2204", "Dana sosial dan lain-lain", AccountKind.Liability);

    /// <summary>Loans for more than a year.</summary>
    public static Account LongLoans { get; } = new("2301", "Hutang jangka panjang", AccountKind.Liability);

    /// <summary>Simpanan pokok: once, equal for all, stays while one is a member.</summary>
    public static Account Pokok { get; } = new("3101", "Simpanan pokok", AccountKind.Equity);

    /// <summary>Simpanan wajib: every month, stays while one is a member.</summary>
    public static Account Wajib { get; } = new("3102", "Simpanan wajib", AccountKind.Equity);

    /// <summary>Grants from the village, the city or others.</summary>
    public static Account Grants { get; } = new("3103", "Hibah", AccountKind.Equity);

    /// <summary>Reserves out of the results of past years.</summary>
    public static Account Reserves { get; } = new("3201", "Dana cadangan", AccountKind.Equity);

    /// <summary>The result of closed years that the members' meeting has not shared out yet.</summary>
    public static Account Result { get; } = new("3301", "SHU belum dibagi", AccountKind.Equity);

    /// <summary>The other side of opening balances that came from paper; zero when all of them have been brought in.</summary>
    public static Account Opening { get; } = new("3901", "Ayat silang saldo awal", AccountKind.Equity);

    /// <summary>Sales to members; kept apart because SHU is shared by them.</summary>
    public static Account MemberSales { get; } = new("4101", "Penjualan anggota", AccountKind.Income);

    /// <summary>Sales to others.</summary>
    public static Account OtherSales { get; } = new("4102", "Penjualan non-anggota", AccountKind.Income);

    /// <summary>Commissions and other income.</summary>
    public static Account OtherIncome { get; } = new("4901", "Pendapatan lain", AccountKind.Income);

    /// <summary>The cost of goods sold.</summary>
    public static Account CostOfGoods { get; } = new("5101", "Harga pokok penjualan", AccountKind.Expense);

    /// <summary>Goods spoilt, lost or miscounted.</summary>
    public static Account StockLosses { get; } = new("5102", "Selisih persediaan", AccountKind.Expense);

    /// <summary>Wages and incentives.</summary>
    public static Account Wages { get; } = new("6101", "Beban gaji dan insentif", AccountKind.Expense);

    /// <summary>Rent, power, water, transport and the like.</summary>
    public static Account RunningCosts { get; } = new("6102", "Beban operasional", AccountKind.Expense);

    /// <summary>What the yearly members' meeting costs.</summary>
    public static Account MeetingCosts { get; } = new("6105", "Beban rapat anggota", AccountKind.Expense);

    /// <summary>Fees of the bank.</summary>
    public static Account BankFees { get; } = new("6106", "Beban administrasi bank", AccountKind.Expense);

    /// <summary>Tax on the result and other taxes.</summary>
    public static Account Tax { get; } = new("6201", "Beban pajak", AccountKind.Expense);

    /// <summary>The equipment's loss in value.</summary>
    public static Account Depreciation { get; } = new("6103", "Beban penyusutan", AccountKind.Expense);

    /// <summary>What the cash count found too much or too little.</summary>
    public static Account CashDifferences { get; } = new("6104", "Selisih kas", AccountKind.Expense);

    /// <summary>The whole chart, by code.</summary>
    public static IReadOnlyDictionary<string, Account> Chart { get; } = new[]
    {
        Cash, Bank, Receivables, Stock, WasteStock, Equipment, AccumulatedDepreciation,
        Payables, Sukarela, Prepayments, PartnerMoney, WasteSavings, MemberShu, EducationFund, IncentiveFund, SocialFund, LongLoans,
        Pokok, Wajib, Grants, Reserves, Result, Opening,
        MemberSales, OtherSales, OtherIncome,
        CostOfGoods, StockLosses, Wages, RunningCosts, Depreciation, CashDifferences, MeetingCosts, BankFees, Tax,
    }.ToDictionary(account => account.Code);

    /// <summary>The balance that the statements show, from the sums of both sides.</summary>
    /// <param name="debitRupiah">Sum of the debits.</param>
    /// <param name="creditRupiah">Sum of the credits.</param>
    /// <returns>Positive when the account stands on its usual side.</returns>
    public long Balance(long debitRupiah, long creditRupiah) =>
        Kind is AccountKind.Asset or AccountKind.Expense ? debitRupiah - creditRupiah : creditRupiah - debitRupiah;

    /// <inheritdoc />
    public override string ToString() => $"{Code} {Name}";
}

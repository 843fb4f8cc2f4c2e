namespace KkmpBot.Ledger;

/// <summary>
/// A booking that the treasurer makes by hand, and which accounts it touches: what the cash book of a small cooperative knows. The side
/// that is cash may be the bank instead.
/// </summary>
/// <param name="Kind">As the journal stores it.</param>
/// <param name="Name">As the chat and the books call it; at most 24 characters, a row of a list.</param>
/// <param name="Debit">What is debited.</param>
/// <param name="Credit">What is credited.</param>
public sealed record CashKind(string Kind, string Name, Account Debit, Account Credit)
{
    /// <summary>The bookings by kind, in the order in which they are offered.</summary>
    public static IReadOnlyDictionary<string, CashKind> All { get; } = new CashKind[]
    {
        new("running_cost", "Biaya operasional", Account.RunningCosts, Account.Cash),
        new("wage", "Gaji dan insentif", Account.Wages, Account.Cash),
        new("supplier_paid", "Bayar hutang pemasok", Account.Payables, Account.Cash),
        new("supplier_bill", "Nota belum dibayar", Account.RunningCosts, Account.Payables),
        new("partner_money_in", "Terima titipan mitra", Account.Cash, Account.PartnerMoney),
        new("partner_paid", "Setor ke mitra", Account.PartnerMoney, Account.Cash),
        new("other_income", "Komisi dan pendapatan", Account.Cash, Account.OtherIncome),
        new("other_sale", "Penjualan bukan anggota", Account.Cash, Account.OtherSales),
        new("meeting_cost", "Biaya rapat anggota", Account.MeetingCosts, Account.Cash),
        new("to_bank", "Setor kas ke bank", Account.Bank, Account.Cash),
        new("from_bank", "Ambil uang dari bank", Account.Cash, Account.Bank),
        new("bank_fee", "Biaya bank", Account.BankFees, Account.Bank),
        new("tax", "Pajak", Account.Tax, Account.Cash),
        new("grant", "Terima hibah", Account.Cash, Account.Grants),
        new("equipment", "Beli inventaris", Account.Equipment, Account.Cash),
        new("depreciation", "Penyusutan inventaris", Account.Depreciation, Account.AccumulatedDepreciation),
        new("loan_in", "Terima pinjaman", Account.Cash, Account.LongLoans),
        new("loan_paid", "Bayar pinjaman", Account.LongLoans, Account.Cash),
        new("fund_paid", "Pakai dana pendidikan", Account.EducationFund, Account.Cash),
        new("incentive_paid", "Bayar dana pengurus", Account.IncentiveFund, Account.Cash),
        new("social_paid", "Pakai dana sosial", Account.SocialFund, Account.Cash),
    }.ToDictionary(kind => kind.Kind);

    /// <summary>The account that money or value comes from and that may not fall below zero: cash, bank, or a liability that is paid.</summary>
    public IEnumerable<Account> MustCover
    {
        get
        {
            if (Credit.Code == Account.Cash.Code || Credit.Code == Account.Bank.Code)
                yield return Credit;
            if (Debit.Kind == AccountKind.Liability)
                yield return Debit;
        }
    }
}

using KkmpBot.Ledger;

namespace KkmpBot.Tests.Ledger;

public sealed class EntryHashTests
{
    /// <summary>The proof's format must outlive every version of the program; worked out with sha256sum.</summary>
    [Fact]
    public void The_format_of_the_proof_never_changes()
    {
        var entry = new JournalEntry
        {
            CooperativeId = 159,
            Number = 7,
            AtUtc = new DateTime(2026, 11, 23, 2, 0, 0, 5, DateTimeKind.Utc),
            BookedOn = new DateOnly(2026, 11, 23),
            Kind = "wajib_received",
            Reference = "2026-09+1",
            ByPersonId = 5,
            ActKey = "12:34:0:wajib",
            PreviousHash = EntryHash.Genesis,
            Lines =
            [
                new JournalLine { Position = 1, CooperativeId = 159, Account = "1101", DebitRupiah = 10_000 },
                new JournalLine { Position = 2, CooperativeId = 159, Account = "3102", MemberId = 8, CreditRupiah = 10_000 },
            ],
        };
        Assert.Equal("1CC987C54E5F20511018C67019D2BF29F57A54AA1791C3F3C060EE1CDF76C621", Convert.ToHexString(EntryHash.Of(entry)));
        entry.Kind = new string('é', 5000);
        Assert.Equal(EntryHash.Length, EntryHash.Of(entry).Length);
    }
}

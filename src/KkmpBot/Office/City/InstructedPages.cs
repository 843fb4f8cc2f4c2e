using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office.City;

/// <summary>How far the instructed civil servants have joined.</summary>
/// <param name="All">The whole city, as <c>instructed.show</c> counts it.</param>
/// <param name="Offices">By office.</param>
/// <param name="Kelurahan">By kelurahan.</param>
public sealed record InstructedModel(RecordValue All, IReadOnlyList<RecordValue> Offices, IReadOnlyList<RecordValue> Kelurahan)
{
    /// <summary>True when no list was read in yet.</summary>
    public bool IsEmpty => All.Whole("inside") + All.Whole("outside") == 0;
}

/// <summary>ASN and PPPK of the city's circular: joined yes or no, counted by office and kelurahan, for the city's officers.</summary>
internal static class InstructedPages
{
    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(OfficeCall call)
    {
        var all = await call.DoAsync("instructed.show");
        var offices = await call.DoAsync("instructed.list", ("by", Carried.Text("office")));
        var kelurahan = await call.DoAsync("instructed.list", ("by", Carried.Text("kelurahan")));
        await call.PageAsync<InstructedView, InstructedModel>("ASN yang diinstruksikan", new InstructedModel(all.Record(), offices.Items(), kelurahan.Items()));
    }
}

using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Complaints;

/// <summary>Complaints and their answers.</summary>
public static class ComplaintsSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [ComplaintRecord.Type, ComplaintRecord.ListType],
        Capabilities = [new FileComplaint(), new ListComplaints(), new AnswerComplaint()],
        PersonTables = ["complaints"],
        Notices = new Dictionary<string, DialogType?>
        {
            [FileComplaint.Notice] = ComplaintRecord.News,
            [AnswerComplaint.Notice] = ComplaintRecord.News,
        },
    };
}

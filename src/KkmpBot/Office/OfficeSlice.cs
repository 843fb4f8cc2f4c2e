using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Office;

/// <summary>What the chat has of the pages: the way in, the way out, and the question that an officer asks an applicant back.</summary>
public static class OfficeSlice
{
    /// <summary>The slice.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [IssueOfficeLink.Link],
        Capabilities = [new IssueOfficeLink(), new SignOutEverywhere()],
        Notices = new Dictionary<string, DialogType?> { [AskApplicant.Notice] = AskApplicant.Question },
        PersonTables = ["office_links", "office_sessions"],
    };
}

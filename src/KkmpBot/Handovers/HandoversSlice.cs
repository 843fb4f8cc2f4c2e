using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Handovers;

/// <summary>People who wait for a person instead of a bot.</summary>
public static class HandoversSlice
{
    /// <summary>What the dialogs may use of it.</summary>
    public static Slice Slice { get; } = new()
    {
        Types = [HandoverRecord.Type, HandoverRecord.ListType],
        Capabilities = [new RequestHandover(), new ListWaitingPeople(), new CloseHandover()],
        PersonTables = ["handovers"],
        Notices = new Dictionary<string, DialogType?>
        {
            [RequestHandover.Notice] = HandoverRecord.AskedNews,
            [CloseHandover.Notice] = HandoverRecord.AnswerNews,
        },
    };
}

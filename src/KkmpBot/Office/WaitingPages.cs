using KkmpBot.Dialogs.Answers;
using KkmpBot.Dialogs.Model;
using KkmpBot.Office.Pages;

namespace KkmpBot.Office;

/// <summary>People who wait for an officer.</summary>
/// <param name="People">As <c>handover.waiting</c> lists them.</param>
/// <param name="MayAnswer">True for officers who act.</param>
public sealed record WaitingModel(IReadOnlyList<RecordValue> People, bool MayAnswer);

/// <summary>Conversations that wait for a person.</summary>
internal static class WaitingPages
{
    /// <summary>The longest answer: what a message in the chat carries.</summary>
    public const int MaxLength = 200;

    /// <summary>Who waits.</summary>
    public static async Task ListAsync(OfficeCall call)
    {
        var waiting = await call.DoAsync("handover.waiting");
        await call.PageAsync<WaitingView, WaitingModel>("Warga menunggu", new WaitingModel(waiting.Items(), call.Who.May(Right.Answer)));
    }

    /// <summary>Answers in the chat, or closes without an answer.</summary>
    public static async Task AnswerAsync(OfficeCall call)
    {
        string answer = TypedText.Clean(call.Field("answer"));
        bool isAnswer = call.Field("close").Length == 0;
        if (call.Id == 0 || (isAnswer && answer.Length is 0 or > MaxLength))
        {
            call.GoTo("/office/tunggu", "kosong");
            return;
        }
        var person = ("person", Carried.Text(call.Route("id")));
        var closed = await (isAnswer ? call.DoOnceAsync("handover.close", person, ("answer", Carried.Text(answer))) : call.DoOnceAsync("handover.close", person));
        call.GoTo("/office/tunggu", closed?.Name switch
        {
            "closed" => isAnswer ? "dijawab" : "dicatat",
            "not_allowed" => "tidak_boleh",
            _ => "sudah",
        });
    }
}

using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Conversations;

/// <summary>What a turn leaves behind: messages in the outbox, timers, the conversation's state.</summary>
public sealed partial class TurnRunner
{
    private async Task<OutboxDraft> AddMessageAsync(
        CallerRow recipient, int kind, Prompt prompt, OutboundFile? file, int turnNumber, TurnWorkspace at, DateTime utcNow, CancellationToken ct,
        OutboundTemplate? template = null)
    {
        var buttons = prompt.Options
            .Select((option, i) => new OutboundButton(tokens.Write(new PressedButton(recipient.PersonId, turnNumber, i)), option.Label, option.Detail))
            .ToList();
        var payload = new OutboxPayload(vault.Open(recipient.Address), prompt.Text, buttons, prompt.WantsContact, file, template) { WantsPicture = prompt.WantsPicture };
        // Beyond what memory holds, a row is born free and waits in the table.
        var holds = settings.OwnChannels.Contains(recipient.Channel) && leases.HasRoom;
        var (id, isLeased) = await at.Store.AddOutboxAsync(
            at.Transaction, recipient, kind, payload.Seal(vault), holds ? leases.Copy : 0, holds ? utcNow + OutboxLeases.Length : utcNow, utcNow, ct);
        var message = new OutboundMessage(id, recipient.PersonId, payload.Address, payload.Text, buttons, payload.WantsContact, file, template)
        {
            WantsPicture = payload.WantsPicture,
        };
        return new OutboxDraft(recipient.Channel, kind, message) { IsLeased = isLeased };
    }

    private async Task AddNoticesAsync(Turn turn, List<OutboxDraft> outbox, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        foreach (var notice in turn.Notices)
        {
            var recipient = await at.Store.FindPersonAsync(at.Transaction, notice.PersonId, utcNow, ct);
            if (recipient is null)
            {
                log.LogInformation("Person {Person} has no address for the news {Phrase}", notice.PersonId, notice.Phrase);
                continue;
            }
            var language = recipient.State is null ? ConversationState.Empty.Language : StoredConversation.Open(vault, recipient.State).State.Language;
            var context = new TurnContext(CallerFacts.Facts(recipient, vault, settings.AutoApprove), utcNow);
            var text = machine.Phrase(notice.Phrase, language, notice.Values, context);
            var template = TemplateOf(notice, context);
            outbox.Add(await AddMessageAsync(recipient, OutboxKind.Notice, new Prompt(text, []), notice.File, 0, at, utcNow, ct, template));
        }
    }

    // Templates are approved word by word, so each exists in Indonesian only; what fills it is written in Indonesian too.
    private OutboundTemplate? TemplateOf(Notice notice, TurnContext context) =>
        settings.Terms.Templates.TryGetValue(notice.Phrase, out var name)
            ? new OutboundTemplate(name, "id", [.. machine.PhraseValues(notice.Phrase, notice.Values, context).Select(value => new TemplateValue(value.Key, value.Value))])
            : null;

    private static async Task<DateTime?> AddTimersAsync(Turn turn, TurnWorkspace at, CancellationToken ct)
    {
        DateTime? next = null;
        foreach (var act in turn.TimedActs)
        {
            await at.Store.AddTimerAsync(at.Transaction, act.Kind, act.DueUtc, act.PersonId, act.Subject, ct);
            next = next is { } earlier && earlier < act.DueUtc ? earlier : act.DueUtc;
        }
        return next;
    }

    private async Task SaveConversationAsync(long id, int turnNumber, Step step, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var open = step.State.Frames.Count == 0 ? null : step.State.Frames[^1];
        var pressable = step.Reply?.Options.Select(option => option.Key).ToList() ?? [];
        var state = new StoredConversation(step.State, pressable).Seal(vault);
        await at.Store.SaveConversationAsync(at.Transaction, id, turnNumber, open?.Dialog, open?.State, state, utcNow, ct);
    }
}

using KkmpBot.Channels;
using KkmpBot.Data;
using KkmpBot.Dialogs;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Understanding;

namespace KkmpBot.Conversations;

/// <summary>
/// One message, top to bottom: dedupe, who wrote, what they meant, the dialog's steps and the capabilities they call, the reply and the
/// news for others into the outbox, the conversation's new state. It does no network I/O and keeps nothing in memory, so that it
/// may be run again after a rollback. Exceptions leave it to the engine, which decides whose fault they are.
/// </summary>
public sealed partial class TurnRunner(
    DialogMachine machine, Slices slices, Vault vault, ButtonTokens tokens, Database database, TurnSettings settings,
    OutboxLeases leases, TurnBudget budget, ILogger<TurnRunner> log)
{
    private readonly TurnContexts contexts = new(database);
    private readonly OwnWords words = new(machine.Understander, slices);

    /// <summary>Handles one message inside the workspace's transaction.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">Where it writes.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task<TurnResult> RunAsync(InboundMessage message, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var addressIndex = AddressIndex(message.Channel, message.Address);
        if (await TakeUpAsync(message, addressIndex, at, utcNow, ct) is not { } caller)
            return TurnResult.Duplicate;
        if (message.Kind == InboundKind.NumberChanged)
            return await ReportNumberAsync(message, caller, at, utcNow, ct);
        var (writtenUtc, isStopped) = (WrittenAt(message, utcNow), message.Kind == InboundKind.Blocked);
        if (isStopped || !caller.IsFresh(writtenUtc))
            await at.Store.TouchAddressAsync(at.Transaction, caller.AddressId, writtenUtc, isStopped, ct);
        if (message.Kind is InboundKind.Blocked or InboundKind.Unblocked)
            return new TurnResult(TurnReceipt.Committed, []);
        if (budget.Look(caller.PersonId, utcNow) is var left && left != BudgetLeft.Some)
            return await SlowDownAsync(left, caller, at, utcNow, ct);
        var isLinked = await LinkAsync(message, caller, at, utcNow, ct);
        if (isLinked)
            caller = await at.Store.FindCallerAsync(at.Transaction, message.Channel, addressIndex, utcNow, ct) ?? throw new InvalidOperationException("A linked address is gone.");

        var stored = caller.State is null ? StoredConversation.Empty : StoredConversation.Open(vault, caller.State);
        var context = new TurnContext(CallerFacts.Facts(caller, vault, settings.AutoApprove, message.Text), utcNow);
        var answer = ReadAnswer(message, caller, stored);
        // Their first word here answers nothing that was asked elsewhere: they are shown where they stand.
        var isContinued = isLinked && message.Kind != InboundKind.OwnContact && stored.State.Frames is [.., { Dialog: not "menu" }];
        var result = isContinued || answer is null
            ? await RefuseAsync(isContinued ? TurnPhrases.ContinuedHere : Refusal(message), stored, caller, context, at, utcNow, ct)
            : await ConverseAsync(answer, stored, caller, addressIndex, context, at, utcNow, ct);
        return result with { PersonId = caller.PersonId };
    }

    /// <summary>Runs an act that was put off, as a turn of the person it concerns.</summary>
    /// <param name="act">The act.</param>
    /// <param name="at">Where it writes.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task<TurnResult> RunAsync(TimedAct act, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        await at.Store.LockPersonAsync(at.Transaction, act.PersonId, ct);
        var row = await at.Store.FindPersonAsync(at.Transaction, act.PersonId, utcNow, ct);
        var caller = row is null ? new Caller(act.PersonId, 0, "none", null, null, null) : CallerFacts.Caller(row);
        var (turn, context) = OpenTurn(caller, $"timer:{act.Kind}:{act.Subject}", at, utcNow);
        await using (context)
        {
            await slices.TimedActs[act.Kind](act, turn, ct);
            await context.SaveAsync(ct);
            var outbox = new List<OutboxDraft>();
            await AddNoticesAsync(turn, outbox, at, utcNow, ct);
            var next = await AddTimersAsync(turn, at, ct);
            context.GoesBack = true;
            return new TurnResult(TurnReceipt.Committed, outbox, next);
        }
    }

    /// <summary>Says the apology of a turn that failed for good; nothing of the conversation changes.</summary>
    /// <param name="message">The message that could not be handled.</param>
    /// <param name="at">Where it writes.</param>
    /// <param name="utcNow">The time of the turn.</param>
    /// <param name="ct">Cancelled only when the process stops.</param>
    public async Task<TurnResult> ApologiseAsync(InboundMessage message, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        if (await TakeUpAsync(message, AddressIndex(message.Channel, message.Address), at, utcNow, ct) is not { } caller)
            return TurnResult.Duplicate;
        var context = new TurnContext(CallerFacts.Facts(caller, vault, settings.AutoApprove), utcNow);
        var text = machine.Phrase(TurnPhrases.Apology, ConversationState.Empty.Language, null, context);
        return new TurnResult(TurnReceipt.Committed, [await AddMessageAsync(caller, OutboxKind.Reply, new Prompt(text, []), null, 0, at, utcNow, ct)]);
    }

    // Said once and then nothing, so that a loop between two bots ends. The conversation stays where it is.
    private async Task<TurnResult> SlowDownAsync(BudgetLeft left, CallerRow caller, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var result = new TurnResult(TurnReceipt.Committed, []) { PersonId = caller.PersonId };
        if (left == BudgetLeft.Silence)
            return result;
        log.LogInformation("Conversation {Conversation} on {Channel} is too fast and gets no answers for a while", caller.PersonId, caller.Channel);
        var language = caller.State is null ? ConversationState.Empty.Language : StoredConversation.Open(vault, caller.State).State.Language;
        var context = new TurnContext(CallerFacts.Facts(caller, vault, settings.AutoApprove), utcNow);
        var text = machine.Phrase(TurnPhrases.TooFast, language, null, context);
        return result with { Outbox = [await AddMessageAsync(caller, OutboxKind.Reply, new Prompt(text, []), null, 0, at, utcNow, ct)] };
    }

    private async Task<TurnResult> ConverseAsync(
        Answer answer, StoredConversation stored, CallerRow caller, byte[] addressIndex, TurnContext context, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var turnNumber = caller.TurnNumber + 1;
        await words.RefreshAsync(at, utcNow, ct);
        var (turn, slice) = OpenTurn(CallerFacts.Caller(caller), "", at, utcNow);
        context = context with { Words = turn.Words };
        await using (slice)
        {
            var step = machine.Receive(InTheirLanguage(stored.State, answer), answer, context);
            for (var calls = 0; step.Call is { } call; calls++)
            {
                turn.ActKey = $"{caller.PersonId}:{turnNumber}:{calls}";
                var written = at.Store.RowsWritten;
                var outcome = await slices.Capabilities[call.Name].CallAsync(call, turn, ct);
                if (turn.UsedDatabase)
                {
                    await slice.SaveAsync(ct);
                    if (turn.TakePersonChange() is { } change)
                        (step, turnNumber) = await ChangePersonAsync(change, caller, step, turnNumber, at, utcNow, ct);
                    if (written is null || at.Store.RowsWritten != written)
                    {
                        caller = await at.Store.FindCallerAsync(at.Transaction, caller.Channel, addressIndex, utcNow, ct) ?? caller;
                        turn.Caller = CallerFacts.Caller(caller);
                        context = context with { Facts = CallerFacts.Facts(caller, vault, settings.AutoApprove, (answer as TextAnswer)?.Text) };
                    }
                }
                if (turn.Language is { } language)
                    step = step with { State = step.State with { Language = language } };
                step = machine.Resume(step, outcome, context);
            }
            if (step.ReadAsSentence && answer is TextAnswer sentence && slices.HeardSentence is { } heard)
            {
                await heard(sentence.Text, turn, ct);
                await slice.SaveAsync(ct);
            }
            await SaveConversationAsync(caller.PersonId, turnNumber, step, at, utcNow, ct);
            var outbox = await GiveHeldAsync(caller, step.State.Language, context, at, utcNow, ct);
            if (step.Reply is { } reply)
                outbox.Add(await AddMessageAsync(caller, OutboxKind.Reply, reply, turn.Attached, turnNumber, at, utcNow, ct));
            await AddNoticesAsync(turn, outbox, at, utcNow, ct);
            var next = await AddTimersAsync(turn, at, ct);
            LogTurn(caller, turnNumber, step);
            slice.GoesBack = true;
            return new TurnResult(TurnReceipt.Committed, outbox, next) { Walked = step.Walked };
        }
    }

    private async Task<TurnResult> RefuseAsync(
        string phrase, StoredConversation stored, CallerRow caller, TurnContext context, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var turnNumber = caller.TurnNumber + 1;
        var again = machine.Ask(stored.State, context) ?? new Prompt("", []);
        var text = machine.Phrase(phrase, stored.State.Language, null, context);
        var reply = again with { Text = again.Text.Length == 0 ? text : $"{text}\n\n{again.Text}" };
        var step = new Step(stored.State, null, reply, [], 0, []);
        await SaveConversationAsync(caller.PersonId, turnNumber, step, at, utcNow, ct);
        return new TurnResult(TurnReceipt.Committed, [await AddMessageAsync(caller, OutboxKind.Reply, reply, null, turnNumber, at, utcNow, ct)]);
    }

    // A sentence that opens something tells the language to go on in; an answer inside a dialog may be a name and tells nothing.
    private static ConversationState InTheirLanguage(ConversationState state, Answer answer) =>
        answer is TextAnswer said && (state.Frames.Count == 0 || state.Frames[^1].Dialog == "menu") && WrittenLanguage.Of(said.Text) is { } language && language != state.Language
            ? state with { Language = language }
            : state;

    private Answer? ReadAnswer(InboundMessage message, CallerRow caller, StoredConversation stored) => message.Kind switch
    {
        InboundKind.Text when !string.IsNullOrWhiteSpace(message.Text) => new TextAnswer(message.Text),
        InboundKind.Button when message.ButtonToken is { } token => ReadButton(token, caller, stored),
        InboundKind.OwnContact when message.Phone is { } phone => new ContactAnswer(phone),
        InboundKind.Group => null,
        InboundKind.ForeignContact => new UnreadableAnswer(TurnPhrases.Unreadable + "contact"),
        InboundKind.Photo => new PictureAnswer(message.PictureReference ?? "", TurnPhrases.Unreadable + "photo"),
        InboundKind.Voice => new UnreadableAnswer(TurnPhrases.Unreadable + "voice"),
        InboundKind.Location => new UnreadableAnswer(TurnPhrases.Unreadable + "location"),
        InboundKind.Document when message.PictureReference is { } file => new PictureAnswer(file, TurnPhrases.Unreadable + "document"),
        InboundKind.Document => new UnreadableAnswer(TurnPhrases.Unreadable + "document"),
        InboundKind.Edited => new UnreadableAnswer(TurnPhrases.Unreadable + "edited"),
        _ => new UnreadableAnswer(TurnPhrases.Unreadable + "other"),
    };

    private PickAnswer? ReadButton(string token, CallerRow caller, StoredConversation stored) =>
        tokens.Read(token) is { } button && button.ConversationId == caller.PersonId
            ? NewsButtons.KeyOf(button) is { } opens ? new PickAnswer(opens) : ReadOption(button, caller, stored)
            : null;

    private static PickAnswer? ReadOption(PressedButton button, CallerRow caller, StoredConversation stored) =>
        button.TurnNumber == caller.TurnNumber
        && button.Option >= 0
        && button.Option < stored.Pressable.Count
            ? new PickAnswer(stored.Pressable[button.Option])
            : null;

    private static string Refusal(InboundMessage message) => message.Kind == InboundKind.Group ? TurnPhrases.GroupHint : TurnPhrases.StaleButton;

    // A delivery may be days late, and a platform's window counts from the person's own clock, not from ours.
    private static DateTime WrittenAt(InboundMessage message, DateTime utcNow) => message.WrittenUtc is { } written && written < utcNow ? written : utcNow;

    private byte[] AddressIndex(string channel, string address) => vault.Index($"address:{channel}", address);

    // Who wrote, known or new; null when the message was handled before.
    private async Task<CallerRow?> TakeUpAsync(
        InboundMessage message, byte[] addressIndex, TurnWorkspace at, DateTime utcNow, CancellationToken ct)
    {
        var (isNew, known) = await at.Store.TakeUpAsync(at.Transaction, message.Channel, message.UpdateKey, addressIndex, utcNow, ct);
        if (!isNew || known is not null)
            return known;
        if (vault.IsRenewing && await FindUnderOlderKeyAsync(message, addressIndex, at, utcNow, ct) is { } renewed)
            return renewed;
        var address = vault.Seal(message.Address);
        var seenUtc = WrittenAt(message, utcNow);
        var (personId, addressId) = await at.Store.AddStrangerAsync(at.Transaction, message.Channel, addressIndex, address, seenUtc, ct);
        return new CallerRow { PersonId = personId, AddressId = addressId, Channel = message.Channel, Address = address, SeenUtc = seenUtc, IsNew = true };
    }

    private (Turn Turn, TurnContextScope Scope) OpenTurn(Caller caller, string actKey, TurnWorkspace at, DateTime utcNow)
    {
        var scope = new TurnContextScope(contexts);
        var turn = new Turn(caller, utcNow, actKey, vault, () => scope.Context = contexts.Rent(at.Connection, at.Transaction))
        {
            At = at,
            AutoApprove = settings.AutoApprove,
            Terms = settings.Terms,
            PagesUrl = settings.PagesUrl,
            Places = settings.Places,
            Phrase = (name, language, values) => machine.Phrase(name, language, values, new TurnContext(new Facts(new Dictionary<string, RecordValue>()), utcNow)),
            Words = words.Of(caller.CooperativeId),
        };
        return (turn, scope);
    }

    private void LogTurn(CallerRow caller, int turnNumber, Step step)
    {
        var open = step.State.Frames.Count == 0 ? null : step.State.Frames[^1];
        if (log.IsEnabled(LogLevel.Debug))
            log.LogDebug("Turn {Conversation}:{Turn} on {Channel} stands at {Dialog}.{State} after {Steps} steps",
                caller.PersonId, turnNumber, caller.Channel, open?.Dialog, open?.State, step.StepsTaken);
    }

    // Rented on first use by Turn.Db, and owned by the runner; after an exception it is never used again.
    private sealed class TurnContextScope(TurnContexts contexts) : IAsyncDisposable
    {
        public KkmpDbContext? Context { get; set; }

        public bool GoesBack { get; set; }

        public async Task SaveAsync(CancellationToken ct)
        {
            if (Context is not null)
                await Context.SaveChangesAsync(ct);
        }

        public ValueTask DisposeAsync()
        {
            if (Context is null)
                return ValueTask.CompletedTask;
            if (!GoesBack)
                return Context.DisposeAsync();
            contexts.Return(Context);
            return ValueTask.CompletedTask;
        }
    }
}

using KkmpBot.Dialogs.Flow;
using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;
using KkmpBot.Dialogs.Texts;
using KkmpBot.Dialogs.Turns;

namespace KkmpBot.Dialogs.Checks.Texts;

/// <summary>Every message fits every platform, however wide what fills it may be: D042.</summary>
internal sealed class LimitChecks
{
    private readonly DialogCatalog catalog;
    private readonly ErrorList errors;
    private readonly MessageWidths widths;
    private readonly int widestDetour;
    private readonly int widestRetry;

    private LimitChecks(DialogCatalog catalog, ErrorList errors)
    {
        this.catalog = catalog;
        this.errors = errors;
        widths = new MessageWidths(catalog);
        var detours = catalog.Interruptions.Where(interruption => interruption.Policy == InterruptionPolicy.Detour);
        widestDetour = detours.Select(interruption => widths.WholeOf(catalog.Dialogs[interruption.To!.Name])).Append(0).Max();
        widestRetry = MachinePhrases.All.Keys
            .Where(name => name.StartsWith(MachinePhrases.RetryPrefix, StringComparison.Ordinal))
            .Max(PhraseWidth);
    }

    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var checks = new LimitChecks(files.Catalog, errors);
        foreach (var dialog in files.Catalog.Dialogs.Values)
        {
            checks.CheckTitle(dialog.Title, PlatformLimits.WhatsAppRowTitle);
            foreach (var state in dialog.States.Values)
            {
                checks.CheckState(dialog, state);
            }
        }

        checks.CheckCommon();
    }

    private void CheckState(Dialog dialog, State state)
    {
        if (state is AskState ask)
        {
            CheckAsk(dialog, ask);
        }
        else if (state is SayState { End: not null } end)
        {
            CheckEnd(dialog, end);
        }
    }

    private void CheckAsk(Dialog dialog, AskState ask)
    {
        var question = TemplateWidth.Widest(ask.Question, dialog.Scope);
        var retry = ask.Retry is null ? widestRetry : TemplateWidth.Widest(ask.Retry, dialog.Scope);
        var own = MessageWidths.Join(Math.Max(widths.Before(dialog.Name, ask.Name), retry), question);
        var buttons = ask.Choices switch
        {
            FixedChoices choices => choices.Picks.Count,
            null when dialog.Memory[ask.Into.Name].Type!.Kind == TypeKind.YesNo => 2,
            _ => 0,
        };
        var asButtons = buttons is > 0 and <= PlatformLimits.WhatsAppButtons;
        CheckBody(ask.Question, own, asButtons, "with what may stand before it ");
        if (!ask.Uninterruptible && own <= PlatformLimits.Text)
        {
            CheckBody(ask.Question, MessageWidths.Join(widestDetour, question), asButtons: false, "after the longest detour ");
        }

        foreach (var pick in DialogParts.Picks(ask.Choices))
        {
            CheckLabel(pick.Label, dialog.Scope, asButtons);
            CheckDetail(pick.Detail, dialog.Scope);
        }

        if (ask.Choices is ListedChoices listed)
        {
            var inside = dialog.Scope.Inside(DialogParts.ListType(dialog, listed)!.Element!);
            CheckLabel(listed.Label, inside, asButtons: false);
            CheckDetail(listed.Detail, inside);
        }
    }

    private void CheckEnd(Dialog dialog, SayState end)
    {
        var asButtons = end.Offer.Count is > 0 and <= PlatformLimits.WhatsAppButtons;
        CheckBody(end.Text, widths.End(dialog, end), asButtons, "with what may stand before it ");
        if (widths.End(dialog, end) <= PlatformLimits.Text)
        {
            var offering = MessageWidths.Join(widths.End(dialog, end), PhraseWidth(MachinePhrases.ResumeOffer));
            CheckBody(end.Text, offering, asButtons: false, "with the offer to go on ");
        }

        if (end.Offer.Count > SayState.MaxOffers)
        {
            errors.Add(
                end.Offer[SayState.MaxOffers].Spot,
                "D042",
                $"an end offers at most {SayState.MaxOffers} dialogs; ask with choices instead");
        }

        foreach (var offer in asButtons ? end.Offer : [])
        {
            CheckLabel(catalog.Dialogs[offer.Name].Title, catalog.Anywhere, asButtons, offer.Spot);
        }
    }

    private void CheckCommon()
    {
        foreach (var phrase in catalog.Phrases.Values)
        {
            var scope = Phrasing.ScopeOf(catalog.Vocabulary, phrase.Name);
            if (MachinePhrases.Labels.Contains(phrase.Name))
            {
                CheckLabel(phrase.Text, scope, asButtons: true);
            }
            else
            {
                CheckBody(phrase.Text, TemplateWidth.Widest(phrase.Text, scope), asButtons: false, "");
            }
        }

        foreach (var say in catalog.Interruptions.Select(interruption => interruption.Say).OfType<Wording>())
        {
            CheckBody(say, TemplateWidth.Widest(say, catalog.Anywhere), asButtons: false, "");
        }
    }

    private void CheckTitle(Wording title, int limit)
    {
        foreach (var template in title.All.Where(template => TemplateWidth.Of(template, catalog.Anywhere) > limit))
        {
            errors.Add(
                template.Spot,
                "D042",
                $"a title is at most {limit} characters, since it stands in WhatsApp's lists; shorten it");
        }
    }

    private void CheckBody(Wording text, int width, bool asButtons, string when)
    {
        var limit = asButtons ? PlatformLimits.WhatsAppButtonBody : PlatformLimits.Text;
        if (width > limit)
        {
            var where = asButtons ? "WhatsApp takes above buttons" : "a message holds";
            errors.Add(text.Indonesian.Spot, "D042", $"the text {when}can become {width} characters, and {where} {limit}; shorten it");
        }
    }

    private void CheckLabel(Wording label, NameScope scope, bool asButtons, Spot? at = null)
    {
        var limit = asButtons ? PlatformLimits.WhatsAppButtonTitle : PlatformLimits.WhatsAppRowTitle;
        foreach (var template in label.All.Where(template => TemplateWidth.Of(template, scope) > limit))
        {
            var what = asButtons ? "WhatsApp button" : "row of WhatsApp's list";
            errors.Add(
                at ?? template.Spot,
                "D042",
                $"the label can become {TemplateWidth.Of(template, scope)} characters, and a {what} holds {limit}; shorten it");
        }
    }

    private void CheckDetail(Wording? detail, NameScope scope)
    {
        foreach (var template in detail?.All.Where(template => TemplateWidth.Of(template, scope) > PlatformLimits.WhatsAppRowDetail) ?? [])
        {
            errors.Add(
                template.Spot,
                "D042",
                $"the detail can become {TemplateWidth.Of(template, scope)} characters; a row holds {PlatformLimits.WhatsAppRowDetail}");
        }
    }

    private int PhraseWidth(string name) => TemplateWidth.Widest(catalog.Phrases[name].Text, Phrasing.ScopeOf(catalog.Vocabulary, name));
}

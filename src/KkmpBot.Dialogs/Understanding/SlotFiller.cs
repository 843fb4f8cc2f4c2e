using System.Text.Json.Nodes;
using KkmpBot.Dialogs.Answers;

namespace KkmpBot.Dialogs.Understanding;

/// <summary>Takes the values that an intent wants out of a sentence.</summary>
internal static class SlotFiller
{
    /// <summary>Fills the slots and returns what must be asked, or null.</summary>
    public static Doubt? Fill(string intent, Sentence sentence, JsonObject slots)
    {
        switch (intent)
        {
            case "join": return Join(sentence, slots);
            case "order": return GoodsSlots.Order(sentence, slots);
            case "order_change": return GoodsSlots.Change(sentence, slots);
            case "waste_deposit": return GoodsSlots.Waste(sentence, slots);
            case "price" or "stock": return GoodsSlots.Products(sentence, slots);
            case "alert_add": return AlertSlots.Add(sentence, slots);
            case "alert_remove": return AlertSlots.Remove(sentence, slots);
            case "officer_stock_in": return OfficerSlots.StockIn(sentence, slots);
            case "officer_price_set": return OfficerSlots.PriceSet(sentence, slots);
            case "officer_approve" or "officer_reject": OfficerSlots.Applications(sentence, slots, intent == "officer_reject"); break;
            case "officer_deposit": OfficerSlots.Deposit(sentence, slots); break;
            case "officer_handover": OfficerSlots.HandOver(sentence, slots); break;
            case "officer_broadcast": OfficerSlots.Announcement(sentence, slots); break;
            case "order_status" or "cancel": OrderNumber(sentence, slots); break;
            case "balance": Balance(sentence, slots); break;
            case "deposit": Deposit(sentence, slots); break;
            case "shu" when sentence.Has("when"): slots["ask"] = "kapan"; break;
            case "complaint": Complaint(sentence, slots); break;
            case "info": slots["topic"] = sentence.Key("place_topic") ?? "jam"; break;
            case "data_rights":
                slots["right"] = sentence.Has("delete") ? "hapus" : sentence.Has("copy") || sentence.Has("what_all") ||
                sentence.Has("how_much") ? "akses" : "koreksi"; break;
            case "help": Help(sentence, slots); break;
            case "out_of_scope" when sentence.Has("loan"): slots["topic"] = "pinjaman"; break;
            default: break;
        }

        return null;
    }

    /// <summary>Sets a slot when there is something to set.</summary>
    public static void Set(JsonObject slots, string name, string? value)
    {
        if (value is not null)
            slots[name] = value;
    }

    /// <summary>Sets a number when there is one.</summary>
    public static void Set(JsonObject slots, string name, decimal? value)
    {
        if (value is { } number)
            slots[name] = Item.Number(number);
    }

    /// <summary>The first money said.</summary>
    public static decimal? Money(Sentence sentence) =>
        sentence.Elements.Find(element => element.Kind == ElementKind.Money) is { Kind: ElementKind.Money } money ? money.Value : null;

    /// <summary>The months named; a range is filled: jan-mar, okt sampai feb.</summary>
    public static List<int> Months(Sentence sentence)
    {
        var said = sentence.Of(ElementKind.Month).ToList();
        var months = new List<int>();
        for (var at = 0; at < said.Count; at++)
        {
            var month = (int)said[at].Value;
            if (at > 0 && IsRange(sentence, said[at - 1].End, said[at].Start))
            {
                for (var between = (months[^1] % 12) + 1; between != month && months.Count < 12; between = (between % 12) + 1)
                    months.Add(between);
            }

            if (!months.Contains(month))
                months.Add(month);
        }

        return months;
    }

    private static bool IsRange(Sentence sentence, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            if (sentence.Words[at].IsMark('-') || sentence.Words[at].Text is "sd" or "d" ||
                (sentence.HitFrom(at) is { Phrase: not null } hit && hit.Is("until")))
                return true;
        }

        return false;
    }

    private static Doubt? Join(Sentence sentence, JsonObject slots)
    {
        var match = sentence.Lexicon.Wards.FindNamed(sentence.Tokens);
        var plain = match.End == match.Start + 1 && sentence.Lexicon.Plain.Contains(sentence.Words[match.Start].Text) &&
            !(match.Start > 0 && KelurahanFinder.IsLabel(sentence.Words[match.Start - 1].Text));
        Doubt? doubt = null;
        if (match.Fit != WardFit.None && !plain)
        {
            var names = match.Wards.Select(ward => ward.Kelurahan).Distinct().ToList();
            if (names.Count == 1 && match.Fit != WardFit.Near)
                slots["kelurahan"] = names[0];
            if (match.Fit == WardFit.Exact && match.KecamatanSaid)
                slots["kecamatan"] = match.Wards[0].Kecamatan;
            if (match.Fit == WardFit.Several)
                slots["ambiguous"] = true;
            if (match.Fit != WardFit.Exact)
                doubt = new Doubt("kelurahan", match.Wards.Select(ward => $"{ward.Kelurahan} ({ward.Kecamatan})").ToList());
        }

        if (sentence.Has("asn"))
            slots["asn"] = true;
        Set(slots, "for", sentence.Key("relation"));
        if (sentence.Has("requirement"))
            slots["ask"] = "syarat";
        return doubt;
    }

    private static void OrderNumber(Sentence sentence, JsonObject slots) =>
        Set(slots, "order_no", sentence.Elements.Find(element => element.Kind == ElementKind.OrderNumber).Text);

    private static void Balance(Sentence sentence, JsonObject slots)
    {
        slots["kind"] = sentence.Has("mutation") ? "mutasi" : sentence.Has("arrears") ? "tunggakan" : OneKind(sentence) ?? "semua";
        if (sentence.Has("mutation"))
            Set(slots, "months", Duration(sentence));
    }

    // Who asks for two kinds is shown all.
    private static string? OneKind(Sentence sentence)
    {
        var kinds = sentence.Hits.Select(hit => hit.Key("kind")).OfType<string>().Distinct().ToList();
        return kinds.Count == 1 ? kinds[0] : null;
    }

    private static void Deposit(Sentence sentence, JsonObject slots)
    {
        Set(slots, "kind", sentence.Key("kind"));
        Set(slots, "amount", Money(sentence));
        Set(slots, "months", Duration(sentence) ?? (Months(sentence) is { Count: > 1 } months ? months.Count : null));
        Set(slots, "via", sentence.Key("via"));
    }

    private static decimal? Duration(Sentence sentence) =>
        sentence.Elements.Find(element => element.Kind == ElementKind.Duration) is { Kind: ElementKind.Duration } duration
            ? duration.Value : null;

    private static void Complaint(Sentence sentence, JsonObject slots)
    {
        var topics = sentence.Hits.Select(hit => hit.Key("topic")).OfType<string>().ToList();
        var topic = topics.Contains("mutu") ? "mutu" : topics.Contains("pelayanan") ? "pelayanan" : topics.FirstOrDefault();
        var money = sentence.Has("saldo") || sentence.Has("savings") || sentence.Has("kind") || (sentence.Has("pay") && sentence.Has("vanished"));
        topic = topic is "mutu" or "pelayanan" ? topic
            : money && !sentence.Has("product") ? "saldo"
            : sentence.Has("expensive") || sentence.Has("above") || (sentence.Has("price_word") && topic is null) ? "harga"
            : topic ?? (sentence.Has("notyet") && (sentence.Has("order_noun") || sentence.Has("buy")) ? "lambat"
                : sentence.Has("notyet") && sentence.Has("surprise") && sentence.Has("arrive") ? "lambat"
                : sentence.Has("short_of") || (sentence.Has("surprise") && sentence.Has("buy")) || (sentence.Has("goods") && sentence.Has("vanished")) ? "jumlah" : null);
        Set(slots, "topic", topic);
        Set(slots, "product", GoodsSlots.FirstProduct(sentence));
    }

    private static void Help(Sentence sentence, JsonObject slots) => Set(slots, "topic", sentence switch
    {
        _ when sentence.Has("notify") || sentence.Has("alert_noun") || sentence.Has("watch") => "alert",
        _ when sentence.Has("buy") || sentence.Has("order_noun") => "order",
        _ when sentence.Has("join") || sentence.Has("membership") => "join",
        _ when sentence.Has("saldo") || sentence.Has("savings") || sentence.Has("kind") => "balance",
        _ => null,
    });
}

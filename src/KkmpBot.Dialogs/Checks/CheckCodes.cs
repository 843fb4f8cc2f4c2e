namespace KkmpBot.Dialogs.Checks;

/// <summary>Every code the loader reports, with what it refuses. Each has a broken dialog in <c>tests/broken-dialogs</c>.</summary>
public static class CheckCodes
{
    /// <summary>The meaning of each code, phase by phase: shape, names, graph, memory, texts.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["D000"] = "a file that is missing or is no YAML",
        ["D001"] = "a key the format does not know",
        ["D002"] = "a state that does not do exactly one of ask, do and say",
        ["D003"] = "something required is missing: an ask without expect or next, a say with both or neither of next and end",
        ["D004"] = "a file and a dialog of different names; a duplicate key; an anchor, tag or merge key",
        ["D005"] = "a value of the wrong shape: a list for a text, a word for a number",
        ["D010"] = "an initial state that does not exist",
        ["D011"] = "a target state that does not exist",
        ["D012"] = "a state never reached",
        ["D013"] = "a state from which no end can be reached",
        ["D014"] = "a loop without an ask",
        ["D015"] = "a guarded last transition",
        ["D016"] = "a transition after an unguarded one",
        ["D017"] = "attempts without give_up, or give_up without attempts",
        ["D018"] = "a dialog that does not exist",
        ["D020"] = "an unknown type, name or field",
        ["D021"] = "two types compared, or a limit of another type than the answer",
        ["D022"] = "a name used on some path before it is set",
        ["D023"] = "memory that nobody uses",
        ["D024"] = "memory named like a fact",
        ["D030"] = "an unknown capability or list",
        ["D031"] = "a missing, extra or ill-typed argument",
        ["D032"] = "an outcome that is not handled, or does not exist",
        ["D033"] = "an into whose type is not what is put there",
        ["D034"] = "an unknown guard",
        ["D035"] = "a condition that is not one comparison",
        ["D036"] = "a comparison with a choice that does not exist",
        ["D037"] = "a wish that nobody has, or that opens two dialogs",
        ["D038"] = "a sentence that answers a question never asked, with a part it never has, or of another type",
        ["D040"] = "a text missing in a language, or a translation of no text",
        ["D041"] = "languages with different placeholders",
        ["D042"] = "over a platform's limit",
        ["D043"] = "two choices that read or are named the same",
        ["D044"] = "a label or start word that is also an interruption word, or a start word of two dialogs",
        ["D045"] = "a list of choices that may be empty",
        ["D046"] = "an unknown format, or one for another type",
        ["D047"] = "a text whose placeholders cannot be read",
        ["D048"] = "a phrase that is missing, or that nobody says",
        ["D050"] = "states or memory changed without a new version, or a question gone without renamed, since they were recorded",
    };
}

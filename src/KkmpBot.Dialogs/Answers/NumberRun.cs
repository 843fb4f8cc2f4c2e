namespace KkmpBot.Dialogs.Answers;

/// <summary>One number being read, piece by piece, until a piece does not belong to it any more.</summary>
internal sealed class NumberRun
{
    private readonly SpokenWords words;
    private readonly IReadOnlyList<Token> tokens;
    private readonly int start;
    private State state = State.Empty;
    private bool startedWithNumeral;

    /// <summary>Begins at a token.</summary>
    public NumberRun(SpokenWords words, IReadOnlyList<Token> tokens, int start)
    {
        this.words = words;
        this.tokens = tokens;
        this.start = start;
        At = start;
    }

    /// <summary>Where the number ends.</summary>
    public int At { get; private set; }

    /// <summary>True when ribu or juta was said.</summary>
    public bool Scaled => state.LastScale != State.NoScale;

    /// <summary>False when a numeral's marks fit no quantity.</summary>
    public bool Exact { get; private set; } = true;

    /// <summary>The numeral, when it was the only piece.</summary>
    public string? Raw { get; private set; }

    /// <summary>The value read.</summary>
    public decimal Total => state.Complete + state.Group;

    /// <summary>Reads as far as the number goes; false when none begins here.</summary>
    public bool Read()
    {
        var pieces = 0;
        while (At < tokens.Count && TakeOne())
            pieces++;
        if (pieces > 1)
            Raw = null;
        return pieces > 0;
    }

    private bool TakeOne()
    {
        var token = tokens[At];
        if (token.Kind == TokenKind.Numeral)
            return TakeNumeral(token);
        if (token.Kind != TokenKind.Word)
            return false;
        var next = words.Numbers.TryGetValue(token.Text, out var word) ? state.With(word)
            : At == start && NumberReader.Unglue(words, token.Text) is { } parts ? Together(parts)
            : null;
        return Move(next, 1);
    }

    private static State? Together(List<NumberWord> parts)
    {
        State? together = State.Empty;
        foreach (var part in parts)
            together = together?.With(part);
        return together;
    }

    private bool TakeNumeral(Token token)
    {
        if (FractionAt(At) is { } fraction)
            return Move(state.With(new NumberWord(NumberRole.Fraction, fraction)), 3);
        // Before ribu a dot parts decimals ("12.5rb"); elsewhere it may part thousands.
        var value = ScaleAt(At + 1) is null ? NumberReader.Quantity(token.Text) : Numerals.Scaled(token.Text);
        if (At > start)
        {
            // "12 ribu 500" and "1 juta 200 ribu" go on; "12 ribu 2" is two numbers.
            var goesOn = startedWithNumeral && !state.HasGroup && value is { } more &&
                ((state.LastScale == 1000 && more is >= 100 and < 1000) || (ScaleAt(At + 1) is { } scale && scale < state.LastScale));
            return goesOn && Move(state with { Settled = value!.Value, HasGroup = true, Room = 0 }, 1);
        }

        startedWithNumeral = true;
        Exact = value is not null;
        Raw = token.Text;
        return Move(state with { Digit = value ?? 0, HasGroup = true }, 1);
    }

    private bool Move(State? next, int pieces)
    {
        if (next is null)
            return false;
        state = next.Value;
        At += pieces;
        return true;
    }

    private decimal? FractionAt(int index)
    {
        if (index + 2 >= tokens.Count || !tokens[index + 1].IsMark('/') || !tokens[index + 1].Glued || !tokens[index + 2].Glued ||
            tokens[index].Text.Length > 2 || tokens[index + 2].Text.Length > 2)
            return null;
        var isDate = index + 3 < tokens.Count && tokens[index + 3].IsMark('/');
        var isTail = index > 0 && tokens[index].Glued && tokens[index - 1].IsMark('/');
        var bottom = tokens[index + 2].Kind == TokenKind.Numeral ? NumberReader.Quantity(tokens[index + 2].Text) : null;
        return !isDate && !isTail && bottom is 2 or 4 or 5 or 8 or 10 && NumberReader.Quantity(tokens[index].Text) is { } top &&
            top < bottom
            ? top / bottom
            : null;
    }

    private decimal? ScaleAt(int index) =>
        index < tokens.Count && words.Numbers.TryGetValue(tokens[index].Text, out var word) && word.Role == NumberRole.Scale
            ? word.Value : null;

    /// <summary>How far a number has come. The group is what a following ribu would multiply.</summary>
    /// <param name="Complete">What ribu and juta have closed.</param>
    /// <param name="LastScale">The last of them; a following one must be smaller.</param>
    /// <param name="HasGroup">True when the group has begun.</param>
    /// <param name="Settled">The part of the group that nothing can change.</param>
    /// <param name="Digit">A digit that belas, puluh or ratus may still change.</param>
    /// <param name="Room">Only what is smaller may still be added to the group.</param>
    /// <param name="Broken">True when the group has its fraction.</param>
    private readonly record struct State(
        decimal Complete, decimal LastScale, bool HasGroup, decimal Settled, decimal? Digit, decimal Room, bool Broken)
    {
        public const decimal NoScale = decimal.MaxValue;

        public static State Empty { get; } = new(0, NoScale, HasGroup: false, 0, Digit: null, 1000, Broken: false);

        public decimal Group => Settled + (Digit ?? 0);

        public State? With(NumberWord word) => word.Role switch
        {
            NumberRole.Digit when Digit is null && Room >= 10 => this with { Digit = word.Value, HasGroup = true },
            NumberRole.Whole when word.Value >= 1000 => !HasGroup && word.Value < LastScale
                ? this with { Complete = Complete + word.Value, LastScale = word.Value }
                : null,
            NumberRole.Whole when Digit is null && Room > word.Value => this with
            {
                Settled = Settled + word.Value,
                HasGroup = true,
                Room = word.Value switch { >= 100 => 100, >= 50 => 10, _ => 0 },
            },
            NumberRole.Plus when Digit is > 0 and < 10 &&
                Room >= 100 => this with { Settled = Settled + Digit.Value + word.Value, Digit = null, Room = 0 },
            NumberRole.Times when Digit is > 0 and < 100 && Room > word.Value => this with
            {
                Settled = Settled + (Digit.Value * word.Value),
                Digit = null,
                Room = word.Value,
            },
            NumberRole.Scale when HasGroup && word.Value < LastScale => Empty with
            {
                Complete = Complete + (Group * word.Value),
                LastScale = word.Value,
            },
            NumberRole.Fraction when !Broken && (HasGroup || LastScale == NoScale) => this with
            {
                Settled = Group + word.Value,
                Digit = null,
                HasGroup = true,
                Room = 0,
                Broken = true,
            },
            NumberRole.Part when !Broken && Settled == 0 && LastScale == NoScale && (Digit ?? 1) is 1 or 3 => this with
            {
                Settled = (Digit ?? 1) * word.Value,
                Digit = null,
                HasGroup = true,
                Room = 0,
                Broken = true,
            },
            _ => null,
        };
    }
}

using System.Reflection;
using KkmpBot.Data;
using KkmpBot.Office;

namespace KkmpBot.Tests.House;

/// <summary>
/// A record prints all it holds unless it says otherwise, and a log or an exception prints records: whatever carries a personal value through the
/// program hides it in <c>ToString</c>.
/// </summary>
public sealed class PersonalRecordsTests
{
    private const string Marker = "Kusumaningtyas-3374140101909920";
    private static readonly string[] Personal = ["Address", "NewAddress", "Phone", "Nik", "Nip", "FullName", "Nickname", "User", "SenderName", "Heir", "About", "Typed", "Search"];
    private const BindingFlags Every = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] Words = ["Text", "Message", "Payload"];
    private static readonly string[] Folders = ["KkmpBot"];

    // Here a name is a person's; elsewhere it is that of goods, accounts, settings.
    private static readonly HashSet<Type> Named = [typeof(Lookalike), typeof(RegisterLine), typeof(Appointment), typeof(SignedIn), typeof(CardModel)];
    private static readonly string[] Bare = ["phone", "nik", "nip", "fullName", "address", "newAddress"];
    private static readonly string[] TypedFolders = ["KkmpBot.Members", "KkmpBot.Links", "KkmpBot.Conversations"];

    public static TheoryData<string> Records => new(
        new[] { typeof(Vault).Assembly, typeof(KkmpBot.Dialogs.DialogMachine).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(IsRecord).Where(type => type.GetProperties().Any(IsPersonal) && !IsOfDialogFile(type)).Select(type => type.AssemblyQualifiedName!));

    [Theory]
    [MemberData(nameof(Records))]
    public void Prints_nothing_personal(string name)
    {
        var type = Type.GetType(name)!;
        var constructor = type.GetConstructors(Every).Where(made => made.GetParameters() is not [{ } only] || only.ParameterType != type)
            .MaxBy(made => made.GetParameters().Length)!;
        object value = constructor.Invoke([.. constructor.GetParameters().Select(Sample)]);
        foreach (var property in type.GetProperties().Where(property => IsPersonal(property) && property.CanWrite))
            property.SetValue(value, Marker);
        Assert.DoesNotContain(Marker, value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_typed_value_prints_masked_wherever_it_is_put()
    {
        var (phone, nik, name, address) = (new PhoneNumber("+6281298765432"), new NikNumber("3374140101909920"), new PersonName("Kusumaningtyas"), new ReplyAddress("6281298765432"));
        Assert.Equal("0812****5432 3374**********20 K… [address]", $"{phone} {nik} {name} {address}");
        Assert.Equal("(0812****5432, K…)", (phone, name).ToString());
        Assert.Equal("  ", $"{default(PhoneNumber)} {default(NikNumber)} {default(PersonName)}");
    }

    [Fact]
    public void No_public_signature_of_people_and_conversations_takes_a_personal_value_bare()
    {
        var bare = typeof(Vault).Assembly.GetTypes()
            .Where(type => type is { IsVisible: true } && TypedFolders.Contains(type.Namespace) && !IsRecord(type))
            .SelectMany(type => type.GetMethods(Every | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(method => method.IsPublic)
                .SelectMany(method => method.GetParameters().Where(parameter => parameter.ParameterType == typeof(string) && Bare.Contains(parameter.Name))
                    .Select(parameter => $"{type.Name}.{method.Name}({parameter.Name})")));
        Assert.Empty(bare);
    }

    private static object? Sample(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? IsAbout(parameter) ? Marker : "plain"
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;

    private static bool IsAbout(ParameterInfo parameter) =>
        Personal.Contains(parameter.Name) || Words.Contains(parameter.Name) || (parameter.Name == "Name" && Named.Contains(parameter.Member.DeclaringType!));

    private static bool IsRecord(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.GetMethod("<Clone>$") is not null
        && Array.Exists(Folders, folder => type.Namespace == folder || type.Namespace?.StartsWith($"{folder}.", StringComparison.Ordinal) == true);

    // What knows its line in a dialog file was written by us.
    private static bool IsOfDialogFile(Type type) => type.GetProperty("Spot") is not null;

    private static bool IsPersonal(PropertyInfo property) =>
        property.PropertyType == typeof(string)
        && (Personal.Contains(property.Name) || (property.Name == "Name" && Named.Contains(property.DeclaringType!)) || AreWords(property));

    private static bool AreWords(PropertyInfo property) =>
        Words.Contains(property.Name) && (property.DeclaringType!.Namespace!.StartsWith("KkmpBot.C", StringComparison.Ordinal)
            || property.DeclaringType.Name is "TextAnswer" or "Prompt");
}

using System.Reflection;
using KkmpBot.Data;

namespace KkmpBot.Tests.House;

/// <summary>
/// A record prints all it holds unless it says otherwise, and a log or an exception prints records: whatever carries a personal value through the
/// program hides it in <c>ToString</c>.
/// </summary>
public sealed class PersonalRecordsTests
{
    private const string Marker = "Kusumaningtyas-3374140101909920";
    private static readonly string[] Personal = ["Address", "NewAddress", "Phone", "Nik", "Nip", "FullName", "Nickname", "User", "SenderName", "Heir", "About"];
    private const BindingFlags Every = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly string[] Words = ["Text", "Message", "Payload"];
    private static readonly string[] Folders = ["KkmpBot.Channels", "KkmpBot.Conversations", "KkmpBot.Data", "KkmpBot.Members", "KkmpBot.Privacy", "KkmpBot.Savings", "KkmpBot.Dialogs.Model"];

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

    private static object? Sample(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? Personal.Contains(parameter.Name) || Words.Contains(parameter.Name) ? Marker : "plain"
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;

    private static bool IsRecord(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.GetMethod("<Clone>$") is not null
        && Array.Exists(Folders, folder => type.Namespace == folder || type.Namespace?.StartsWith($"{folder}.", StringComparison.Ordinal) == true);

    // What knows its line in a dialog file was written by us.
    private static bool IsOfDialogFile(Type type) => type.GetProperty("Spot") is not null;

    private static bool IsPersonal(PropertyInfo property) =>
        property.PropertyType == typeof(string)
        && (Personal.Contains(property.Name) || (Words.Contains(property.Name) && (property.DeclaringType!.Namespace!.StartsWith("KkmpBot.C", StringComparison.Ordinal)
            || property.DeclaringType.Namespace == "KkmpBot.Dialogs.Model")));
}

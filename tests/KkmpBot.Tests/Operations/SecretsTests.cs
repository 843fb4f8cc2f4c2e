using KkmpBot.Operations;
using Microsoft.Extensions.Configuration;

namespace KkmpBot.Tests.Operations;

public sealed class SecretsTests
{
    [Theory]
    [InlineData("WhatsApp:AppSecret", "changeme")]
    [InlineData("DirectLine:Secret", "SECRET")]
    [InlineData("Telegram:Token", "…")]
    [InlineData("Qris:CallbackSecret", "rahasia")]
    public void A_secret_from_a_manual_is_refused_by_name(string name, string value)
    {
        var refused = Assert.Throws<StartRefusedException>(() => Secrets.Check(With((name, value))));
        Assert.Contains(name.Replace(":", "__", StringComparison.Ordinal), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_its_own_is_taken_and_none_is_no_secret() => Secrets.Check(With(("WhatsApp:AppSecret", "5f1c9b2ad7"), ("DirectLine:Secret", "")));

    [Fact]
    public void Files_of_a_folder_are_settings()
    {
        var folder = Directory.CreateTempSubdirectory("kkmp-secrets-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "DirectLine__Secret"), "from-a-file-of-its-own\n");
            var sources = new ConfigurationBuilder();
            Secrets.Read(With(("Secrets:Path", folder.FullName)), sources);
            Assert.Equal("from-a-file-of-its-own", sources.Build()["DirectLine:Secret"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() =>
        Assert.Throws<StartRefusedException>(() => Secrets.Read(With(("Secrets:Path", "/nowhere/at/all")), new ConfigurationBuilder()));

    private static IConfiguration With(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}

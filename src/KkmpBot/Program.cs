using System.CommandLine;
using KkmpBot.Operations;

var root = new RootCommand("KKMP Bot, the chat service of Semarang's Koperasi Kelurahan Merah Putih. Without a command it serves.")
{
    Chat.Command(),
    Understand.Command(),
    DialogsCommands.Command(),
    LexiconCommands.Command(),
    LedgerCommands.Command(),
    AuditCommands.Command(),
    RetentionCommands.Command(),
    RegisterCommands.Import(),
    RegisterCommands.Export(),
    DeadLetterCommands.Command(),
    KeyCommands.Command(),
    Backup.Command(),
    Migrate.Command(),
    DemoCommands.Command(),
    OfficerCommands.Command(),
    GoodsCommands.Command(),
    PriceCommands.Command(),
};
root.SetAction((_, ct) => Serve.RunAsync(ct));

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 2;
}

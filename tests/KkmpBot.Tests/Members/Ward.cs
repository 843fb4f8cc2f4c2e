using KkmpBot.Conversations;
using KkmpBot.Dialogs.Model;
using KkmpBot.Members;
using KkmpBot.Savings;
using KkmpBot.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace KkmpBot.Tests.Members;

/// <summary>The demo cooperative on a real database, with its people ready to act through capabilities.</summary>
public sealed class Ward : IAsyncDisposable
{
    private Ward(TestDatabase test) => Test = test;

    public TestDatabase Test { get; }

    public static async Task<Ward> OpenAsync()
    {
        var test = await TestDatabase.CreateAsync();
        await using var connection = await test.Database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var context = test.Database.Context(connection, transaction))
            await MembersDemo.LoadAsync(context, test.Vault, TestDatabase.Now, CancellationToken.None);
        await transaction.CommitAsync();
        return new Ward(test);
    }

    /// <summary>Who talks when the person with this phone does.</summary>
    public async Task<Caller> CallerAsync(string phone)
    {
        Caller? caller = null;
        byte[] index = Test.Vault.Index("phone", phone);
        await Test.TurnAsync(new Caller(0, 0, "console", null, null, null), async turn =>
        {
            var person = await turn.Db.Set<Person>().SingleAsync(row => row.PhoneIndex == index);
            var member = await turn.Db.Set<Member>().SingleOrDefaultAsync(row => row.PersonId == person.Id);
            var officer = await turn.Db.Set<Officer>().SingleOrDefaultAsync(row => row.PersonId == person.Id);
            caller = new Caller(person.Id, 0, "console", member?.Id, officer?.CooperativeId ?? member?.CooperativeId, officer?.Role);
        });
        return caller!;
    }

    /// <summary>Calls a capability in a turn of its own.</summary>
    public async Task<(Outcome Outcome, Turn Turn)> CallAsync(Caller caller, ICapability capability, params (string Name, Value Value)[] arguments)
    {
        Outcome? outcome = null;
        var call = new CapabilityCall(capability.Description.Name, arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        var turn = await Test.TurnAsync(caller, async turn => outcome = await capability.CallAsync(call, turn, CancellationToken.None));
        Assert.Contains(capability.Description.Outcomes, declared => declared.Name == outcome!.Name);
        return (outcome!, turn);
    }

    /// <summary>Looks into the database.</summary>
    public async Task<T> AskAsync<T>(Func<Turn, Task<T>> question)
    {
        T answer = default!;
        await Test.TurnAsync(new Caller(0, 0, "console", null, null, null), async turn => answer = await question(turn));
        return answer;
    }

    public ValueTask DisposeAsync() => Test.DisposeAsync();
}

// The registration dialog as grammY's own documentation writes one: https://grammy.dev/plugins/conversations.
// Conversations are kept in SQLite by a storage adapter, webhooks are taken by webhookCallback.
const http = require("node:http");
const { Bot, InlineKeyboard, webhookCallback } = require("grammy");
const { conversations, createConversation } = require("@grammyjs/conversations");
const { openDatabase, conversationStorage, register } = require("../common/database");
const { readName, readNik, readKelurahan, readAddress, readPhone, texts } = require("../common/registration");

const db = openDatabase(process.env.DATABASE);
const people = register(db);

const bot = new Bot(process.env.TOKEN, { client: { apiRoot: process.env.API_ROOT } });
bot.use(conversations({ storage: { type: "key", version: 0, adapter: conversationStorage(db, "conversations") } }));

const buttons = (...labels) => ({ reply_markup: InlineKeyboard.from([labels.map((label) => InlineKeyboard.text(label, label.toLowerCase()))]) });

async function registration(conversation, ctx) {
  // Asks until the answer can be read, and returns what was read.
  async function ask(question, read, again, extra) {
    await ctx.reply(question, extra);
    while (true) {
      const answer = await conversation.waitFor("message:text");
      const value = read(answer.message.text);
      if (value !== undefined) return value;
      await answer.reply(again, extra);
    }
  }

  const yesNo = (text) => (/^(ya|setuju|benar)/i.test(text) ? true : /^(tidak|bukan)/i.test(text) ? false : undefined);

  if (!(await ask(texts.consent, yesNo, texts.yesOrNo, buttons("Setuju", "Tidak setuju")))) {
    await ctx.reply(texts.refused);
    return;
  }
  await conversation.external(() => people.recordConsent(ctx.chat.id));

  const name = await ask(texts.name, readName, texts.noName);
  const nik = await ask(texts.nik, readNik, texts.noNik);
  if (await conversation.external(() => people.isTaken(nik))) {
    await ctx.reply(texts.nikTaken);
    return;
  }
  const kelurahan = await ask(texts.kelurahan(nik), readKelurahan, texts.noKelurahan);
  await ask(texts.confirmKelurahan(kelurahan), yesNo, texts.yesOrNo, buttons("Ya", "Tidak"));
  const address = await ask(texts.address, readAddress, texts.noAddress);
  const phone = await ask(texts.phone, readPhone, texts.noPhone);
  const civilServant = await ask(texts.civilServant, yesNo, texts.yesOrNo, buttons("Ya", "Tidak"));
  const application = { name, nik, kelurahan: kelurahan.code, address, phone, civilServant };
  if (await ask(texts.confirm(application, kelurahan), yesNo, texts.yesOrNo, buttons("Ya, kirim", "Tidak"))) {
    await conversation.external(() => people.apply(ctx.chat.id, application));
    await ctx.reply(texts.submitted(name, kelurahan));
  }
}

bot.use(createConversation(registration));
bot.command("start", (ctx) => ctx.reply(texts.welcome, buttons("Daftar", "Harga", "Tentang koperasi")));
bot.hears(/^daftar/i, (ctx) => ctx.conversation.enter("registration"));

http
  .createServer(webhookCallback(bot, "http", { secretToken: process.env.SECRET }))
  .listen(Number(process.env.PORT), "127.0.0.1");

// The registration dialog as Telegraf's documentation writes one: a WizardScene, with sessions in a store of its own.
// https://github.com/telegraf/telegraf/blob/v4/docs, "Wizards", and session({ store }).
const http = require("node:http");
const { Telegraf, Scenes, session, Markup } = require("telegraf");
const { openDatabase, conversationStorage, register } = require("../common/database");
const { readName, readNik, readKelurahan, readAddress, readPhone, texts } = require("../common/registration");

const db = openDatabase(process.env.DATABASE);
const people = register(db);
const sessions = conversationStorage(db, "sessions");

const bot = new Telegraf(process.env.TOKEN, { telegram: { apiRoot: process.env.API_ROOT, webhookReply: false } });

const buttons = (...labels) => Markup.inlineKeyboard(labels.map((label) => Markup.button.callback(label, label.toLowerCase())));
const yesNo = (text) => (/^(ya|setuju|benar)/i.test(text) ? true : /^(tidak|bukan)/i.test(text) ? false : undefined);

// A step reads the answer to the last question; what cannot be read is asked again.
const step = (read, again, go) => async (ctx) => {
  const value = ctx.message?.text === undefined ? undefined : read(ctx.message.text);
  if (value === undefined) return ctx.reply(again);
  return go(ctx, value);
};

const registration = new Scenes.WizardScene(
  "registration",
  async (ctx) => {
    await ctx.reply(texts.consent, buttons("Setuju", "Tidak setuju"));
    return ctx.wizard.next();
  },
  step(yesNo, texts.yesOrNo, async (ctx, agreed) => {
    if (!agreed) {
      await ctx.reply(texts.refused);
      return ctx.scene.leave();
    }
    people.recordConsent(ctx.chat.id);
    await ctx.reply(texts.name);
    return ctx.wizard.next();
  }),
  step(readName, texts.noName, async (ctx, name) => {
    ctx.wizard.state.name = name;
    await ctx.reply(texts.nik);
    return ctx.wizard.next();
  }),
  step(readNik, texts.noNik, async (ctx, nik) => {
    if (people.isTaken(nik)) {
      await ctx.reply(texts.nikTaken);
      return ctx.scene.leave();
    }
    ctx.wizard.state.nik = nik;
    await ctx.reply(texts.kelurahan(nik));
    return ctx.wizard.next();
  }),
  step(readKelurahan, texts.noKelurahan, async (ctx, kelurahan) => {
    ctx.wizard.state.kelurahan = kelurahan;
    await ctx.reply(texts.confirmKelurahan(kelurahan), buttons("Ya", "Tidak"));
    return ctx.wizard.next();
  }),
  step(yesNo, texts.yesOrNo, async (ctx) => {
    await ctx.reply(texts.address);
    return ctx.wizard.next();
  }),
  step(readAddress, texts.noAddress, async (ctx, address) => {
    ctx.wizard.state.address = address;
    await ctx.reply(texts.phone);
    return ctx.wizard.next();
  }),
  step(readPhone, texts.noPhone, async (ctx, phone) => {
    ctx.wizard.state.phone = phone;
    await ctx.reply(texts.civilServant, buttons("Ya", "Tidak"));
    return ctx.wizard.next();
  }),
  step(yesNo, texts.yesOrNo, async (ctx, civilServant) => {
    ctx.wizard.state.civilServant = civilServant;
    await ctx.reply(texts.confirm(ctx.wizard.state, ctx.wizard.state.kelurahan), buttons("Ya, kirim", "Tidak"));
    return ctx.wizard.next();
  }),
  step(yesNo, texts.yesOrNo, async (ctx, right) => {
    const { kelurahan, ...answers } = ctx.wizard.state;
    if (right) {
      people.apply(ctx.chat.id, { ...answers, kelurahan: kelurahan.code });
      await ctx.reply(texts.submitted(answers.name, kelurahan));
    }
    return ctx.scene.leave();
  }),
);

const stage = new Scenes.Stage([registration]);
bot.use(session({ store: { get: sessions.read, set: sessions.write, delete: sessions.delete } }));
bot.use(stage.middleware());
bot.start((ctx) => ctx.reply(texts.welcome, buttons("Daftar", "Harga", "Tentang koperasi")));
bot.hears(/^daftar/i, (ctx) => ctx.scene.enter("registration"));

http
  .createServer(bot.webhookCallback("/webhook", { secretToken: process.env.SECRET }))
  .listen(Number(process.env.PORT), "127.0.0.1");

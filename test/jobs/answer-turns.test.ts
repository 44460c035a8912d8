import { beforeAll, describe, expect, test } from "vitest";
import { getBotSettings } from "../../server/domain/bot/bot-settings.ts";
import type { ModelAnswer, ModelRequest } from "../../server/domain/bot/model-client.ts";
import { spentThisMonth } from "../../server/domain/bot/spent-this-month.ts";
import { type BotSettingsPatch, updateBotSettings } from "../../server/domain/bot/update-bot-settings.ts";
import { answerTurns } from "../../server/jobs/answer-turns.ts";
import { textBody } from "../factories/whatsapp-body.ts";
import { deliver } from "../harness/deliver.ts";
import { count, rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const errors: unknown[] = [];
let serial = 0;

type Setup = { companyId: number; phoneNumberId: string; says: (text: string, phone?: string) => Promise<void> };

/** A company with a connected number and the bot on. */
async function company(patch: BotSettingsPatch = {}): Promise<Setup> {
  serial += 1;
  const companyId = await createCompany();
  const phoneNumberId = `sim-${companyId}`;
  await updateBotSettings(ctx(companyId), { enabled: true, businessName: "Sun Clinic", replyDelayMs: 0, ...patch });
  return {
    companyId,
    phoneNumberId,
    says: (text, phone = `9198765400${10 + serial}`) => deliver(db, textBody({ text, phone, name: "", phoneNumberId })),
  };
}

async function answer(
  options: { model?: (request: ModelRequest) => Promise<ModelAnswer>; now?: Date } = {},
): Promise<void> {
  const silent = async (): Promise<ModelAnswer> => ({ kind: "failed", why: "no model in this test", mayCost: false });
  const now = options.now ?? new Date(Date.now() + 60_000);
  const deps = { db, model: options.model ?? silent, encryptionKey: Buffer.alloc(32, 9).toString("base64url") };
  await answerTurns({ ...deps, now: () => now, onError: (error) => errors.push(error) });
}

function replies(companyId: number): Promise<{ text: string; status: string }[]> {
  return rows(db, `select text, status from messages where company_id = ${companyId} and origin = 'bot' order by id`);
}

beforeAll(() => () => expect(errors).toEqual([]));

describe("the bot", () => {
  test("answers three messages at once with one reply, once", async () => {
    const { companyId, says } = await company();
    await says("Hello");
    await says("are you there?");
    await says("I need a new website");
    await Promise.all([answer(), answer()]);
    await answer();
    expect(await replies(companyId)).toHaveLength(1);
    expect(await count(db, `outbound_sends where company_id = ${companyId}`)).toBe(1);
    expect(await count(db, `bot_turns where company_id = ${companyId}`)).toBe(0);
  });

  test("is silent where nobody switched it on", async () => {
    const { companyId, says } = await company({ enabled: false });
    await says("Hello");
    await answer();
    expect(await replies(companyId)).toEqual([]);
  });

  test("puts what it learns into the person's record", async () => {
    const { companyId, says } = await company();
    await says("Hello");
    await answer();
    await says("Ana López");
    await answer();
    expect(await rows(db, `select name from contacts where company_id = ${companyId}`)).toEqual([
      { name: "Ana López" },
    ]);
    expect((await replies(companyId)).at(-1)?.text).toContain("What can we help you with?");
  });

  test("hands over to a person: off in this conversation, with task and notification, once", async () => {
    const { companyId, says } = await company();
    await says("I want to talk to a human");
    await answer();
    expect((await replies(companyId)).map(({ text }) => text)).toEqual([
      "Of course. A colleague will take over and answer you here.",
    ]);
    expect(await count(db, `conversations where company_id = ${companyId} and bot_enabled`)).toBe(0);
    expect(await count(db, `tasks where company_id = ${companyId} and origin_key like 'bot:handover:%'`)).toBe(1);
    await says("hello?");
    await answer();
    expect(await replies(companyId)).toHaveLength(1);
  });

  test("makes a task of a demo once a conversation", async () => {
    const { companyId, says } = await company();
    await says("Can I get a demo?");
    await answer();
    await says("When is the demo?");
    await answer();
    expect(await count(db, `tasks where company_id = ${companyId} and origin_key like 'bot:demo:%'`)).toBe(1);
  });

  test("does not answer outside of the window", async () => {
    const { companyId, says } = await company();
    await says("Hello");
    await answer({ now: new Date(Date.now() + 25 * 3_600_000) });
    expect(await replies(companyId)).toEqual([]);
  });

  test("throws its plan away when somebody writes meanwhile, and answers all of it then", async () => {
    const { companyId, says } = await company({ modelUrl: "https://model.example/v1", modelName: "m" });
    await says("Hello");
    let seen = "";
    await answer({
      model: async () => {
        await says("and my name is Ana López");
        return { kind: "answered", text: JSON.stringify({ reply: "Too early" }), inputTokens: 1, outputTokens: 1 };
      },
    });
    expect(await replies(companyId)).toEqual([]);
    await answer({
      model: async ({ messages }) => {
        seen = messages.map(({ content }) => content).join("\n");
        return { kind: "answered", text: JSON.stringify({ reply: "Hello Ana" }), inputTokens: 1, outputTokens: 1 };
      },
    });
    expect(seen).toContain("my name is Ana López");
    expect((await replies(companyId)).map(({ text }) => text)).toEqual(["Hello Ana"]);
  });
});

describe("a model", () => {
  const model = {
    modelUrl: "https://model.example/v1",
    modelName: "m",
    modelInputPrice: "1000",
    modelOutputPrice: "1000",
  };
  const says = (reply: string): ModelAnswer => ({
    kind: "answered",
    text: JSON.stringify({ reply, off_topic: false, handover: false, profile: {} }),
    inputTokens: 100,
    outputTokens: 100,
  });

  test("that fails leaves the answer to the rules", async () => {
    const setup = await company(model);
    await setup.says("Hello");
    await answer({ model: async () => ({ kind: "failed", why: "down", mayCost: false }) });
    expect((await replies(setup.companyId))[0]?.text).toContain("Sun Clinic");
    expect(await spentThisMonth(ctx(setup.companyId))).toBe("0.000000");
  });

  test("that fails leaves a question asked again to the rules, which answer it again", async () => {
    const setup = await company({ ...model, prices: "from 20 $ a month" });
    for (const question of ["What is the price?", "Sorry, what was the price again?", "How much is it?"]) {
      await setup.says(question);
      await answer({ model: async () => ({ kind: "failed", why: "500", mayCost: false }) });
    }
    const said = (await replies(setup.companyId)).map(({ text }) => text.includes("from 20 $ a month"));
    expect(said).toEqual([true, true, true]);
  });

  test("is charged by what it used, and not asked beyond the month's cap", async () => {
    const setup = await company({ ...model, modelMonthlyCap: "6" });
    let calls = 0;
    const client = async () => {
      calls += 1;
      return says(`Answer ${calls}`);
    };
    await setup.says("Hello");
    await answer({ model: client });
    // A thousand a million: 200 tokens cost 0.2.
    expect(await spentThisMonth(ctx(setup.companyId))).toBe("0.200000");
    await updateBotSettings(ctx(setup.companyId), { modelMonthlyCap: "0.21" });
    await setup.says("and now?");
    await answer({ model: client });
    expect(calls).toBe(1);
    expect(await replies(setup.companyId)).toHaveLength(2);
  });

  test("that asks for a person gets one", async () => {
    const setup = await company(model);
    await setup.says("You are all crooks");
    await answer({
      model: async () => ({ ...says(""), text: JSON.stringify({ reply: "", handover: true }) }),
    });
    expect(await count(db, `conversations where company_id = ${setup.companyId} and bot_enabled`)).toBe(0);
  });

  test("has its key sealed and never shown", async () => {
    const { companyId } = await company({ modelKeySealed: "v1.aaaaaaaa.bbbbbbbbbbbbbbbb" });
    const settings = await getBotSettings(ctx(companyId));
    expect(settings.modelKeySealed).toBe("v1.aaaaaaaa.bbbbbbbbbbbbbbbb");
    const events = await rows(db, `select before, after from events where company_id = ${companyId}`);
    expect(JSON.stringify(events)).not.toContain("v1.aaaaaaaa.bbbbbbbbbbbbbbbb");
  });
});

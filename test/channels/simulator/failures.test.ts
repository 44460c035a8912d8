import { describe, expect, test } from "vitest";
import { GraphAnswerLost, GraphNotReached } from "../../../server/channels/whatsapp-cloud/graph-transport.ts";
import { listPhoneMessages } from "../../../server/domain/simulator/phone-messages.ts";
import { findPhone } from "../../../server/domain/simulator/simulated-phone.ts";
import { endFailures, listFailures, makeFail } from "../../../server/domain/simulator/simulator-failures.ts";
import { postDueWebhooks } from "../../../server/jobs/simulator-worker.ts";
import { listOf, objectOf } from "../../../shared/json.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { errorOf, idOf, simulatedCompany, simulatorSecret } from "./simulated-company.ts";

const database = await testDatabase();
const to = "+14155550103";
const text = { to, text: { body: "Hi" } };

type Company = Awaited<ReturnType<typeof simulatedCompany>>;

/** The statuses that were posted since the last look, in their order. */
async function told({ clock }: Company, ms: number): Promise<{ status: unknown; id: unknown; code: unknown }[]> {
  const now = () => new Date(clock.now.getTime() + ms);
  await rows(database.db, "delete from inbound_deliveries returning id");
  await postDueWebhooks(database.db, { appSecret: simulatorSecret, onStored: () => {}, now });
  const stored = await rows<{ body: Buffer }>(database.db, "select body from inbound_deliveries order by id");
  return stored.flatMap(({ body }) => {
    const value = objectOf(
      objectOf(listOf(objectOf(listOf(objectOf(JSON.parse(body.toString()))?.entry)[0])?.changes)[0])?.value,
    );
    return listOf(value?.statuses).map((item) => {
      const status = objectOf(item);
      return { status: status?.status, id: status?.id, code: objectOf(listOf(status?.errors)[0])?.code };
    });
  });
}

async function shownOnPhone({ ctx, later }: Company): Promise<unknown[]> {
  later(5_000);
  const phone = await findPhone(ctx, { waId: to.slice(1) });
  const { items } = await listPhoneMessages(ctx, { phoneId: phone?.id ?? 0, limit: 10 });
  return items.filter(({ author }) => author === "business").map(({ view }) => view.text);
}

describe("a failure that was asked for", () => {
  test.each(["131056", "130429", "190", "132015", "131031", "987654"])("answers %s as often as asked", async (kind) => {
    const company = await simulatedCompany(database);
    await company.write(to);
    await makeFail(company.ctx, { kind, count: 2 });
    expect(errorOf(await company.send(text)).code).toBe(Number(kind));
    expect(errorOf(await company.send(text)).code).toBe(Number(kind));
    expect((await company.send(text)).status).toBe(200);
    expect(await listFailures(company.ctx)).toEqual([]);
    expect(await shownOnPhone(company)).toEqual(["Hi"]);
  });

  test.each(["131047", "131026", "131049", "131042"])("says %s afterwards, as a status", async (kind) => {
    const company = await simulatedCompany(database);
    await company.write(to);
    await makeFail(company.ctx, { kind, count: 1 });
    const id = idOf(await company.send(text));
    expect(await told(company, 5_000)).toEqual([{ status: "failed", id, code: Number(kind) }]);
    expect(await shownOnPhone(company)).toEqual([]);
    await makeFail(company.ctx, { kind, stage: "answer", count: 1 });
    expect(errorOf(await company.send(text)).code).toBe(Number(kind));
  });

  test("loses the answer with and without accepting, or refuses the connection", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    await makeFail(company.ctx, { kind: "timeout_before_acceptance", count: 1 });
    await expect(company.send(text)).rejects.toThrow(GraphAnswerLost);
    await makeFail(company.ctx, { kind: "connection_refused", count: 1 });
    await expect(company.send(text)).rejects.toThrow(GraphNotReached);
    expect(await shownOnPhone(company)).toEqual([]);
    await makeFail(company.ctx, { kind: "timeout_after_acceptance", count: 1, delayMs: 5_000 });
    await expect(company.send(text, { timeoutMs: 10 })).rejects.toThrow(GraphAnswerLost);
    expect(await shownOnPhone(company)).toEqual(["Hi"]);
    expect((await told(company, 5_000)).map(({ status }) => status)).toEqual(["sent", "delivered"]);
  });

  test("answers 500, or slowly", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    await makeFail(company.ctx, { kind: "http_500", count: 1 });
    expect((await company.send(text)).status).toBe(500);
    await makeFail(company.ctx, { kind: "slow_answer", count: 2, delayMs: 20 });
    expect((await company.send(text, { timeoutMs: 1_000 })).status).toBe(200);
    await expect(company.send(text, { timeoutMs: 5 })).rejects.toThrow(GraphAnswerLost);
    expect(await shownOnPhone(company)).toEqual(["Hi", "Hi"]);
  });

  test("keeps statuses back, doubles them, makes them late or mixes them up", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    const statusesWith = async (kind: string, delayMs?: number) => {
      await makeFail(company.ctx, { kind, count: 1, delayMs });
      await company.send(text);
      return (await told(company, 100_000)).map(({ status }) => status);
    };
    expect(await statusesWith("no_statuses")).toEqual([]);
    expect(await statusesWith("duplicate_statuses")).toEqual([
      "sent",
      "sent",
      "delivered",
      "delivered",
      "read",
      "read",
    ]);
    expect(await statusesWith("disordered_statuses")).toEqual(["read", "delivered", "sent"]);
    expect(await statusesWith("late_statuses", 200_000)).toEqual([]);
    expect((await told(company, 300_000)).map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
    expect(await shownOnPhone(company)).toHaveLength(4);
  });

  test("voids the token for every call and its inspection, and ends when it is taken away", async () => {
    const company = await simulatedCompany(database);
    await makeFail(company.ctx, { kind: "190" });
    const path = `/${company.account.wabaId}/message_templates`;
    expect(errorOf(await company.transport.call({ method: "GET", path })).code).toBe(190);
    const query = { input_token: `simulated-${company.account.wabaId}` };
    const debug = { method: "GET", path: "/debug_token", query } as const;
    expect((await company.transport.call(debug)).body).toMatchObject({ data: { is_valid: false } });
    await endFailures(company.ctx);
    expect((await company.transport.call({ method: "GET", path })).status).toBe(200);
    expect((await company.transport.call(debug)).body).toMatchObject({ data: { is_valid: true } });
  });

  test("is nobody else's, and no word that means nothing", async () => {
    const company = await simulatedCompany(database);
    const other = await simulatedCompany(database);
    await makeFail(company.ctx, { kind: "131031" });
    await other.write(to);
    expect((await other.send(text)).status).toBe(200);
    await expect(makeFail(company.ctx, { kind: "bad_weather" })).rejects.toThrow("kind");
  });
});

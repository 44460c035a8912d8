import { once } from "node:events";
import { createServer, connect as dial, type Socket } from "node:net";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../../server/db/connect.ts";
import { DatabaseUnavailable, type Db } from "../../server/db/connection.ts";
import { prepared } from "../../server/db/prepared.ts";
import { ownServer } from "../harness/own-server.ts";

const one = prepared<object>()(() => sql<{ one: number }>`select 1 as one`);
const sleep = prepared<object>()(() => sql<{ slept: string }>`select pg_sleep(1)::text as slept`);
const limits = { lookEveryMs: 20, silentAfterMs: 100, probeMs: 300 };

test("whoever waits for a database that went silent is told, and it serves again when it speaks", async () => {
  const { db, freeze, thaw } = await throughProxy();
  expect(await db.first(one({}))).toEqual({ one: 1 });
  freeze();
  const asked = [db.first(one({})), db.slow.first(one({})), db.transaction((tx) => tx.first(one({})))];
  expect(await Promise.all(asked.map((answer) => answer.catch((error: unknown) => error)))).toEqual([
    expect.any(DatabaseUnavailable),
    expect.any(DatabaseUnavailable),
    expect.any(DatabaseUnavailable),
  ]);
  thaw();
  await expect.poll(() => db.first(one({})).catch(() => undefined), { timeout: 8_000 }).toEqual({ one: 1 });
  expect(await db.transaction((tx) => tx.first(one({})))).toEqual({ one: 1 });
});

test("a statement that takes its time is left alone while the database answers others", async () => {
  const { db } = await throughProxy();
  const slept = await Promise.all([db.first(sleep({})), db.slow.first(sleep({}))]);
  expect(slept).toEqual([{ slept: "" }, { slept: "" }]);
});

/** A wire to the test's server that can stop carrying anything without being cut. */
async function throughProxy(): Promise<{ db: Db; freeze: () => void; thaw: () => void }> {
  const server = ownServer();
  const open = new Set<Socket>();
  let isFrozen = false;
  const carry = (from: Socket, to: Socket) => {
    open.add(from);
    from.on("error", () => to.destroy());
    from.once("close", () => to.destroy());
    from.on("data", (chunk) => {
      if (!isFrozen) to.write(chunk);
    });
  };
  const proxy = createServer((near) => {
    const far = dial(`${server.host}/.s.PGSQL.${server.port}`);
    carry(near, far);
    carry(far, near);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const db = connect({ host: "127.0.0.1", port, user: server.user, database: "postgres" }, { silence: limits });
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    proxy.close();
    await db.close().catch(() => {});
  });
  const set = (frozen: boolean) => () => {
    isFrozen = frozen;
  };
  return { db, freeze: set(true), thaw: set(false) };
}

import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../server/db/prepared.ts";
import { testDatabase } from "../harness/test-database.ts";

const database = await testDatabase();

const echo = prepared<{ number: number; text: string }>()(
  (_db, arg) => sql<{ number: number; text: string; at: string; precise: string; money: string }>`
    select ${arg("number")}::int8 as number, ${arg("text")}::text as text, '2026-11-21 10:30:00+00'::timestamptz as at,
      '2026-11-21 10:30:00.5+00'::timestamptz as precise, 12.50::numeric as money`,
);

describe("a prepared statement", () => {
  test("gives ids as numbers, times as ISO text and money as text", async () => {
    const row = await database.db.first(echo({ number: 9_007_199_254_740_991, text: "Привет" }));
    expect(row).toEqual({
      number: 9_007_199_254_740_991,
      text: "Привет",
      at: "2026-11-21T10:30:00Z",
      precise: "2026-11-21T10:30:00.500Z",
      money: "12.50",
    });
  });

  test("works the same inside a transaction and over the pool", async () => {
    const statement = echo({ number: 1, text: "a" });
    expect(await database.db.transaction((tx) => tx.first(statement))).toEqual(await database.db.slow.first(statement));
  });
});

const divide = prepared<{ by: number }>()((_db, arg) => sql<{ share: number }>`select 12 / ${arg("by")}::int as share`);

describe("the plan of a statement", () => {
  const named = prepared<{ limit: number }>()(
    (_db, arg) =>
      sql<{ setting: string }>`select current_setting('plan_cache_mode') as setting limit ${arg("limit")}::int`,
  );

  test("is made once for all values where the statement has a name", async () => {
    expect((await database.db.first(named({ limit: 1 })))?.setting).toBe("force_generic_plan");
  });

  test("is made anew for its values where it has none", async () => {
    expect((await database.db.first({ ...named({ limit: 1 }), name: "" }))?.setting).toBe("auto");
  });
});

describe("a statement that a connection sees for the first time", () => {
  test("may fail and be sent again", async () => {
    await expect(database.db.first(divide({ by: 0 }))).rejects.toThrow("division by zero");
    const shares = await Promise.all(
      [1, 2, 0, 3].map((by) => database.db.first(divide({ by })).catch(() => undefined)),
    );
    expect(shares).toEqual([{ share: 12 }, { share: 6 }, undefined, { share: 4 }]);
  });

  test("may be sent many times before the first answer", async () => {
    const double = prepared<{ n: number }>()((_db, arg) => sql<{ two: number }>`select 2 * ${arg("n")}::int as two`);
    const rows = await Promise.all(Array.from({ length: 20 }, (_, n) => database.db.first(double({ n }))));
    expect(rows.map((row) => row?.two)).toEqual(Array.from({ length: 20 }, (_, n) => 2 * n));
  });
});

describe("a parameter", () => {
  const give = prepared<{
    words: (string | null)[];
    ids: number[];
    json: unknown;
    bytes: Buffer;
    at: Date;
    flag: boolean;
  }>()(
    (_db, arg) => sql<object>`
      select ${arg("words")}::text[] as words, ${arg("ids")}::bigint[] as ids, ${arg("json")}::jsonb as json,
        ${arg("bytes")}::bytea as bytes, ${arg("at")}::timestamptz as at, ${arg("flag")}::boolean as flag`,
  );

  test("arrives as what it was: lists, JSON, bytes, times and nothing", async () => {
    const words = ['a "quoted" word', "back\\slash", "", "null", null, "a,b{c}", "Привет"];
    const given = {
      words,
      ids: [1, 9_007_199_254_740_991],
      json: { deep: [1, { a: null }] },
      bytes: Buffer.from([0, 255]),
      flag: false,
    };
    const row = await database.db.first(give({ ...given, at: new Date("2026-11-21T10:30:00Z") }));
    expect(row).toEqual({ ...given, at: "2026-11-21T10:30:00Z" });
  });
});

describe("a transaction", () => {
  const put = prepared<{ key: string }>()(
    (_db, arg) => sql<never>`
      insert into rate_limits (key, window_starts_at, used, expires_at) values (${arg("key")}::text, '2026-01-01', 1, '2026-01-02')`,
  );
  const kept = prepared<{ key: string }>()(
    (_db, arg) => sql<{ count: number }>`select count(*) as count from rate_limits where key = ${arg("key")}::text`,
  );
  const broken = prepared<object>()(() => sql<never>`select 1 / 0`);
  const written = async (key: string) => (await database.db.first(kept({ key })))?.count;

  test("keeps what it sent without waiting", async () => {
    await database.db.transaction(async (tx) => {
      tx.run(put({ key: "sent" })).catch(() => {});
    });
    expect(await written("sent")).toBe(1);
  });

  test("fails with what failed unseen, as its last act or in the middle, and keeps nothing", async () => {
    const last = database.db.transaction(async (tx) => {
      await tx.run(put({ key: "last" }));
      tx.run(broken({})).catch(() => {});
    });
    await expect(last).rejects.toThrow("division by zero");
    const middle = database.db.transaction(async (tx) => {
      tx.run(broken({})).catch(() => {});
      await tx.run(put({ key: "middle" }));
    });
    await expect(middle).rejects.toThrow("division by zero");
    expect([await written("last"), await written("middle")]).toEqual([0, 0]);
  });
});

describe("a company", () => {
  test("is created once", async () => {
    await database.createCompany("main");
    await expect(database.createCompany("main")).rejects.toMatchObject({ refusal: { kind: "duplicate" } });
  });
});

import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { connect } from "../../server/db/connect.ts";
import type { Db } from "../../server/db/connection.ts";
import { createCompany } from "../../server/domain/accounts/create-company.ts";
import { type Actor, type Ctx, createCtx } from "../../server/domain/context.ts";
import type { Server } from "./global-setup.ts";
import { ownServer } from "./own-server.ts";

export type TestDatabase = {
  db: Db;
  /** A context of the system in a company; other actors by argument. */
  ctx: (companyId: number, actor?: Actor, now?: () => Date) => Ctx;
  /** A company as the product makes it, with pipeline and settings. */
  createCompany: (slug?: string) => Promise<number>;
};

/** A database of this test file's own, cloned from the migrated template and dropped at the end. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = ownServer();
  const database = `test_${randomUUID().replaceAll("-", "")}`;
  await administer(server, `create database ${database} template ${inject("template")} strategy file_copy`);
  const db = connect({ ...server, database });
  afterAll(async () => {
    await db.close();
    await administer(server, `drop database if exists ${database} with (force)`);
  });
  return {
    db,
    ctx: (companyId, actor = { kind: "system" }, now) => createCtx({ db, companyId, actor, ...(now ? { now } : {}) }),
    createCompany: async (slug = `c-${randomUUID().slice(0, 8)}`) => (await createCompany(db, { slug, name: slug })).id,
  };
}

async function administer(server: Server, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: "postgres" });
  await client.connect();
  await client.query(statement);
  await client.end();
}

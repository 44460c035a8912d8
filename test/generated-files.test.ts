import { readFile } from "node:fs/promises";
import { expect, inject, test } from "vitest";
import { apiDocuments } from "../bin/api-documents.ts";
import { generate } from "../server/db/generate.ts";
import { ownServer } from "./harness/own-server.ts";

function committed(path: string): Promise<string> {
  return readFile(new URL(`../${path}`, import.meta.url), "utf8");
}

test("db/schema.sql and the database types are what the migrations make (npm run db:generate)", async () => {
  const { types, schema } = await generate({ ...ownServer(), database: inject("template") }, { write: false });
  expect(await committed("db/schema.sql")).toBe(schema);
  expect(await committed("server/db/types.gen.ts")).toBe(types);
});

test("docs/api is what the server says of itself (npm run api:generate)", async () => {
  for (const [name, text] of await apiDocuments()) expect(await committed(`docs/api/${name}`)).toBe(text);
});

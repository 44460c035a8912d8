import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseWebhook } from "../../../server/channels/whatsapp-cloud/parse-body.ts";
import { parseJsonKeepingBigIntegers } from "../../../server/channels/whatsapp-cloud/parse-json.ts";
import type { InboundUpdate } from "../../../server/domain/conversations/inbound-update.ts";
import { objectOf } from "../../../shared/json.ts";
import { expectedKinds } from "./fixture-kinds.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");
const fixtures = process.env.RAPPORT_FIXTURES ?? join(import.meta.dirname, "../../../../shared/fixtures");
const sets = ["pywa-fixtures/updates", "meta-docs-bsuid-2026-06", "meta-openapi/examples/webhooks"];
const isThere = sets.every((set) => existsSync(join(fixtures, set)));

describe.skipIf(!isThere)("the bodies of others (needs ../shared/fixtures)", () => {
  const bodies = new Map(isThere ? sets.flatMap(bodiesOf) : []);

  test("are all in the table, and the table names no other", () => {
    expect([...bodies.keys()].sort()).toEqual(Object.keys(expectedKinds).sort());
  });

  test.each(Object.entries(expectedKinds))("%s says %j, twice the same", (name, expected) => {
    const updates = parseWebhook(bodies.get(name), receivedAt);
    expect(updates.map(kindOf)).toEqual([expected].flat());
    expect(parseWebhook(bodies.get(name), receivedAt)).toStrictEqual(updates);
  });
});

/** A file's one body, or each of the several that pywa keeps in one file, by name. */
function bodiesOf(set: string): [string, unknown][] {
  return readdirSync(join(fixtures, set)).flatMap((file): [string, unknown][] => {
    const parsed = parseJsonKeepingBigIntegers(readFileSync(join(fixtures, set, file), "utf8"));
    if (!parsed.ok) throw new Error(`${file}: ${parsed.why}`);
    const name = basename(file, ".json");
    if (!set.startsWith("pywa")) return [[name, parsed.value]];
    return Object.entries(objectOf(parsed.value) ?? {}).map(([key, body]) => [`${name}.${key}`, body]);
  });
}

function kindOf(update: InboundUpdate): string {
  switch (update.kind) {
    case "message":
      return `${update.origin === "echo" ? "echo" : "message"} ${update.content.type}`;
    case "edited":
      return `edited ${update.content.type}`;
    case "status":
      return `status ${update.status}`;
    case "identity_changed":
      return `identity_changed ${update.change}`;
    case "preference":
      return `preference ${update.value}`;
    case "account_event":
      return `${update.field} ${update.event}`;
    default:
      return update.kind;
  }
}

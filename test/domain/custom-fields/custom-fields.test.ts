import { describe, expect, test } from "vitest";
import {
  defineCustomField,
  deleteCustomField,
  type NewCustomField,
} from "../../../server/domain/custom-fields/define-custom-field.ts";
import { listCustomFields } from "../../../server/domain/custom-fields/list-custom-fields.ts";
import { validateCustom } from "../../../server/domain/custom-fields/validate-custom.ts";
import type { Json } from "../../../shared/json.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const ctx = database.ctx(await database.createCompany());
const otherCtx = database.ctx(await database.createCompany());

const text: NewCustomField = { entity: "deal", key: "text_field", label: "Text", kind: "text" };

describe("a custom field", () => {
  test("is defined once for an entity, listed and taken away", async () => {
    const field = await defineCustomField(ctx, text);
    await expect(defineCustomField(ctx, text)).rejects.toMatchObject({ refusal: { kind: "duplicate" } });
    expect(await listCustomFields(ctx, "deal")).toEqual([field]);
    expect(await listCustomFields(ctx, "contact")).toEqual([]);
    await expect(deleteCustomField(otherCtx, field.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await deleteCustomField(ctx, field.id);
    expect(await listCustomFields(ctx)).toEqual([]);
  });

  const refused: [string, Partial<NewCustomField>, string][] = [
    ["a key with a capital", { key: "Key" }, "key"],
    ["no label", { label: " " }, "label"],
    ["a select without options", { kind: "select" }, "options"],
    ["options without a select", { options: ["a"] }, "options"],
    ["an empty option", { kind: "select", options: [""] }, "options"],
  ];
  test.each(refused)("is refused with %s", async (_what, part, path) => {
    const defined = defineCustomField(ctx, { ...text, ...part });
    await expect(defined).rejects.toMatchObject({ refusal: { kind: "invalid", problems: [{ path }] } });
  });
});

describe("a custom value", () => {
  const kinds = ["text", "number", "date", "boolean"] as const;
  const cases: [string, Json, boolean][] = [
    ["text", "words", true],
    ["text", 5, false],
    ["number", 4.5, true],
    ["number", "4.5", false],
    ["date", "2026-02-28", true],
    ["date", "2026-02-30", false],
    ["boolean", false, true],
    ["boolean", "no", false],
    ["choice", "red", true],
    ["choice", "green", false],
    ["unknown", "x", false],
    ["text", null, true],
  ];
  test.each(cases)("of kind %s: %j is accepted: %s", async (key, value, accepted) => {
    const company = database.ctx(await database.createCompany());
    for (const kind of kinds) await defineCustomField(company, { entity: "contact", key: kind, label: kind, kind });
    await defineCustomField(company, {
      entity: "contact",
      key: "choice",
      label: "Choice",
      kind: "select",
      options: ["red"],
    });
    const validated = validateCustom(company, "contact", { [key]: value });
    if (accepted) await expect(validated).resolves.toBeUndefined();
    else
      await expect(validated).rejects.toMatchObject({
        refusal: { kind: "invalid", problems: [{ path: `custom.${key}` }] },
      });
  });
});

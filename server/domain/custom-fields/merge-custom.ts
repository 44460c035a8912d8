import type { JsonObject } from "../../../shared/json.ts";
import type { Ctx } from "../context.ts";
import type { CustomEntity } from "./custom-field.ts";
import { validateCustom } from "./validate-custom.ts";

/** The values after an edit: keys given are set, null removes one, the others stay. */
export async function mergeCustom(
  ctx: Ctx,
  entity: CustomEntity,
  before: JsonObject,
  values: JsonObject,
): Promise<JsonObject> {
  await validateCustom(ctx, entity, values);
  return Object.fromEntries(Object.entries({ ...before, ...values }).filter(([, value]) => value !== null));
}

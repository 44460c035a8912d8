import { listOf, numberOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { ProviderError } from "../../domain/conversations/inbound-update.ts";

/** Meta's `errors[]`, or nothing where there is none. */
export function providerErrors(errors: unknown): ProviderError[] | undefined {
  const list = listOf(errors).map(providerError);
  return list.length === 0 ? undefined : list;
}

function providerError(item: unknown): ProviderError {
  const error = objectOf(item) ?? {};
  return withoutUndefined({
    code: numberOf(error.code),
    title: textOf(error.title) ?? textOf(error.message) ?? textOf(item),
    details: textOf(objectOf(error.error_data)?.details) ?? textOf(error.details),
  });
}

import { queryOptions } from "@tanstack/react-query";
import type { ApiKey, CreatedApiKey, NewApiKey } from "../../../shared/v1/api-key.ts";
import { apiPaths } from "../paths.ts";
import { allPages } from "./all-pages.ts";
import { request } from "./request.ts";

export const apiKeysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: ({ signal }) => allPages<ApiKey>(apiPaths.apiKeys, signal),
});

/** The key itself comes back this once. */
export function createApiKey(key: NewApiKey, idempotencyKey: string): Promise<CreatedApiKey> {
  return request(apiPaths.apiKeys({}), { method: "POST", body: key, idempotencyKey });
}

export function revokeApiKey(id: number): Promise<void> {
  return request(apiPaths.apiKey(id), { method: "DELETE" });
}

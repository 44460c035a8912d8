import { queryOptions } from "@tanstack/react-query";
import type { Template } from "../../../shared/v1/template.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

/** Reads all templates of a number's account from WhatsApp. */
export function syncTemplates(channelAccountId: number): Promise<{ templates: number }> {
  return request(apiPaths.syncTemplates, { method: "POST", body: { channel_account_id: channelAccountId } });
}

export function templateQuery(id: number) {
  return queryOptions({
    queryKey: ["templates", id],
    queryFn: ({ signal }) => request<Template>(apiPaths.template(id), { signal }),
    staleTime: 60_000,
  });
}

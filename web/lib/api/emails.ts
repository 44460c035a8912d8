import { queryOptions } from "@tanstack/react-query";
import type { Email, NewEmail } from "../../../shared/v1/email.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const mailsPollMs = 10_000;

/** One person's mails, newest first. */
export function emailsQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "emails"],
    queryFn: ({ signal }) => request<Page<Email>>(apiPaths.emailsOfContact(contactId, { limit: 50 }), { signal }),
    refetchInterval: pollMs(mailsPollMs),
  });
}

export function sendEmail(mail: NewEmail, idempotencyKey: string): Promise<Email> {
  return request(apiPaths.emails, { method: "POST", body: mail, idempotencyKey });
}

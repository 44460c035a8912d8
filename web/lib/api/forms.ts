import { queryOptions } from "@tanstack/react-query";
import type { Form, FormPatch, NewForm } from "../../../shared/v1/form.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

export const formsQuery = queryOptions({
  queryKey: ["forms"],
  queryFn: ({ signal }) => request<{ data: Form[] }>(apiPaths.forms, { signal }),
});

export function createForm(form: NewForm, idempotencyKey: string): Promise<Form> {
  return request(apiPaths.forms, { method: "POST", body: form, idempotencyKey });
}

/** Refused with 412 when the form was changed since. */
export function saveForm({ id, version }: Form, patch: FormPatch): Promise<Form> {
  return request(apiPaths.form(id), { method: "PATCH", body: patch, ifMatch: `"v${version}"` });
}

export function deleteForm(id: number): Promise<void> {
  return request(apiPaths.form(id), { method: "DELETE" });
}

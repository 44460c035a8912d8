import { objectOf } from "../../shared/json.ts";
import type { Place } from "../measure-scenario.ts";

/** One request to the running server; a refusal ends the run. */
export async function call(
  { port, apiKey }: Place,
  method: "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { "x-api-key": apiKey, ...(body ? { "content-type": "application/json" } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return objectOf(text === "" ? {} : JSON.parse(text)) ?? {};
}

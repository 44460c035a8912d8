import type { Role } from "../../../server/domain/context.ts";
import { testApp } from "../../harness/test-app.ts";

/** The simulated phone's owner. */
export const from = { name: "Nora", phone: "+1 415 555 0110" };

/** An app, and callers of it by their role. */
export async function simulatorApp() {
  const harness = await testApp();
  const { app, companyId, headers } = harness;
  async function as(role: Role = "admin", company = companyId) {
    const credentials = await headers(role, company);
    const call =
      (method: "GET" | "POST" | "PATCH" | "DELETE") =>
      (url: string, payload?: object, more = {}) =>
        app.inject({ method, url, headers: { ...credentials, ...more }, ...(payload ? { payload } : {}) });
    return { get: call("GET"), post: call("POST"), patch: call("PATCH"), delete: call("DELETE") };
  }
  return { ...harness, as };
}

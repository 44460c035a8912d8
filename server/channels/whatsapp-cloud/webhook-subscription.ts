import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import { askGraph, type GraphAccess } from "./ask-graph.ts";

/** From now on the account's webhooks come to our app. Asked again it changes nothing. */
export async function subscribeApp(access: GraphAccess, wabaId: string): Promise<void> {
  await askGraph(access, { method: "POST", path: `/${wabaId}/subscribed_apps`, body: {} });
}

export async function unsubscribeApp(access: GraphAccess, wabaId: string): Promise<void> {
  await askGraph(access, { method: "DELETE", path: `/${wabaId}/subscribed_apps` });
}

/** Whether our app, or where its id is not known any app of the token's, gets the account's webhooks. */
export async function isSubscribed(access: GraphAccess, wabaId: string, appId: string | undefined): Promise<boolean> {
  const body = await askGraph(access, { method: "GET", path: `/${wabaId}/subscribed_apps` });
  const ids = listOf(body.data).map((item) => textOf(objectOf(objectOf(item)?.whatsapp_business_api_data)?.id));
  return appId === undefined ? ids.length > 0 : ids.includes(appId);
}

import { type Stage, stages } from "../../shared/stages.ts";
import { type CustomerList, isCustomerList } from "../lib/api/customers.ts";
import { type LeadTab, leadTabs } from "../lib/api/leads.ts";

/** What of the screen stands in the address. Defaults are left out, so that a plain link stays plain. */
export type InboxSearch = {
  q?: string | undefined;
  status?: "closed" | "all" | undefined;
  pane?: "person" | undefined;
};
export type CustomersSearch = { q?: string | undefined; list?: CustomerList | undefined };
export type LeadsSearch = {
  q?: string | undefined;
  stage?: Stage | undefined;
  mine?: true | undefined;
  tab?: LeadTab | undefined;
};
export type ShellSearch = { phone?: true | undefined };
export type SignInSearch = { next?: string };

export function readInboxSearch(search: Record<string, unknown>): InboxSearch {
  return {
    ...(typeof search.q === "string" && search.q !== "" ? { q: search.q } : {}),
    ...(search.status === "closed" || search.status === "all" ? { status: search.status } : {}),
    ...(search.pane === "person" ? { pane: search.pane } : {}),
  };
}

export function readCustomersSearch(search: Record<string, unknown>): CustomersSearch {
  return {
    ...(typeof search.q === "string" && search.q !== "" ? { q: search.q } : {}),
    ...(isCustomerList(search.list) && search.list !== "all" ? { list: search.list } : {}),
  };
}

export function readLeadsSearch(search: Record<string, unknown>): LeadsSearch {
  const stage = stages.find((known) => known === search.stage);
  const tab = leadTabs.find((known) => known === search.tab);
  return {
    ...(typeof search.q === "string" && search.q !== "" ? { q: search.q } : {}),
    ...(stage ? { stage } : {}),
    ...(search.mine === true ? { mine: true } : {}),
    ...(tab && tab !== "activity" ? { tab } : {}),
  };
}

export function readShellSearch(search: Record<string, unknown>): ShellSearch {
  return search.phone === true ? { phone: true } : {};
}

/** Only a path of our own: a sign-in page must not send people elsewhere. */
export function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  const { next } = search;
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
}

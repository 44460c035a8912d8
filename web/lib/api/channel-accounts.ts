import { queryOptions } from "@tanstack/react-query";
import type { ChannelAccount } from "../../../shared/v1/channel-account.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

const accountsPollMs = 30_000;

/** The company's numbers, with what is wrong with them. */
export const channelAccountsQuery = queryOptions({
  queryKey: ["channel-accounts"],
  queryFn: ({ signal }) => request<{ data: ChannelAccount[] }>(apiPaths.channelAccounts, { signal }),
  refetchInterval: pollMs(accountsPollMs),
});

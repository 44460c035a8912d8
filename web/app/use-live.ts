import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { followLive } from "../lib/live/follow-live.ts";
import { queryRefresher } from "../lib/live/refresh-queries.ts";

/** Keeps every screen up to date while somebody is signed in. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const { refresh, refreshAll } = queryRefresher(client);
    return followLive((news) => (news.kind === "event" ? refresh(news.event) : refreshAll()));
  }, [client]);
}

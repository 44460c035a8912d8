import { useQueryClient } from "@tanstack/react-query";
import { type Me, meQuery } from "../lib/api/session.ts";

/** Lets in who has just signed in; nothing of whoever was here before is to be seen. */
export function useEnter(): (me: Me) => void {
  const client = useQueryClient();
  return (me) => {
    client.clear();
    client.setQueryData(meQuery.queryKey, me);
  };
}

import { useQuery } from "@tanstack/react-query";
import { mayWrite } from "../../shared/roles.ts";
import { meQuery } from "./api/session.ts";

/** What the server lets the caller do; what it would refuse is not offered. */
export function useMay(): { write: boolean } {
  const role = useQuery(meQuery).data?.role;
  return { write: role !== undefined && mayWrite(role) };
}

import { useQuery } from "@tanstack/react-query";
import { usersQuery } from "./api/users.ts";

/** The team, to choose from. */
export function useMemberChoices(): { value: number; label: string }[] {
  const users = useQuery(usersQuery).data?.data ?? [];
  return users.map(({ id, name }) => ({ value: id, label: name }));
}

import { queryOptions } from "@tanstack/react-query";
import type { User } from "../../../shared/v1/user.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

/** The team. It changes rarely. */
export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: ({ signal }) => request<Page<User>>(apiPaths.users, { signal }),
  staleTime: 60_000,
});

import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { hasStatus, isPassing } from "./api/api-error.ts";

/** Polling heals a lost connection by itself, so queries run whatever the browser thinks of the network. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (hasStatus(error, 401)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 10_000,
        retry: (failures, error) => isPassing(error) && failures < 2,
      },
      mutations: { networkMode: "always" },
    },
  });
}

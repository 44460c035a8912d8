import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./tokens.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { meQuery } from "../lib/api/session.ts";
import { isEntrance, pages } from "../lib/paths.ts";
import { createQueryClient } from "../lib/query-client.ts";
import { createAppRouter } from "./router.tsx";
import { cssVariables, theme } from "./theme.ts";

const queryClient = createQueryClient(toSignIn);
const router = createAppRouter(queryClient);
/** The same key as public/color-scheme.js reads. */
const colorSchemes = localStorageColorSchemeManager({ key: "rapport-color-scheme" });

const place = document.getElementById("root");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemes}
        defaultColorScheme="auto"
      >
        <Notifications position="bottom-center" limit={4} />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

/** The session ended while somebody worked: back to where they were after they sign in again. */
function toSignIn(): void {
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  const { href, pathname } = router.state.location;
  if (isEntrance(pathname)) return;
  void router.navigate({ to: pages.signIn, search: { next: href } });
}

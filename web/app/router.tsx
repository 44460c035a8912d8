import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from "@tanstack/react-router";
import { hasStatus } from "../lib/api/api-error.ts";
import { meQuery } from "../lib/api/session.ts";
import { pages } from "../lib/paths.ts";
import { CrashPage } from "./crash-page.tsx";
import { InboxPage } from "./inbox-page.tsx";
import { InvitationPage } from "./invitation-page.tsx";
import { LinkSignInPage } from "./link-sign-in-page.tsx";
import { MissingPage } from "./missing-page.tsx";
import {
  readCustomersSearch,
  readInboxSearch,
  readLeadsSearch,
  readShellSearch,
  readSignInSearch,
} from "./search-params.ts";
import { Shell } from "./shell.tsx";
import { SignInPage } from "./sign-in-page.tsx";
import { WelcomePage } from "./welcome-page.tsx";

type Context = { queryClient: QueryClient };

const root = createRootRouteWithContext<Context>()({ notFoundComponent: MissingPage, errorComponent: CrashPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: pages.signIn,
  validateSearch: readSignInSearch,
  component: SignInPage,
});

const linkSignIn = createRoute({ getParentRoute: () => root, path: pages.linkSignIn, component: LinkSignInPage });

const invitation = createRoute({ getParentRoute: () => root, path: pages.invitation, component: InvitationPage });

/** Everything behind the sign-in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery).catch((error: unknown) => {
      if (hasStatus(error, 401)) throw redirect({ to: pages.signIn, search: { next: location.href } });
      throw error;
    });
    return { me };
  },
});

const welcome = createRoute({ getParentRoute: () => signedIn, path: pages.welcome, component: WelcomePage });

const shell = createRoute({
  getParentRoute: () => signedIn,
  id: "shell",
  validateSearch: readShellSearch,
  search: { middlewares: [retainSearchParams(["phone"])] },
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: pages.home,
  beforeLoad: () => {
    throw redirect({ to: pages.inbox, replace: true });
  },
});

/** List and thread are one screen at two addresses, so that moving between them keeps the list as it is. */
const inbox = createRoute({
  getParentRoute: () => shell,
  path: pages.inbox,
  validateSearch: readInboxSearch,
  component: InboxPage,
});

const conversation = createRoute({ getParentRoute: () => inbox, path: "$conversationId" });

const leads = createRoute({
  getParentRoute: () => shell,
  path: pages.leads,
  validateSearch: readLeadsSearch,
  component: lazyRouteComponent(() => import("./leads-page.tsx"), "LeadsPage"),
});

const lead = createRoute({ getParentRoute: () => leads, path: "$leadId" });

const customers = createRoute({
  getParentRoute: () => shell,
  path: pages.customers,
  validateSearch: readCustomersSearch,
  component: lazyRouteComponent(() => import("./customers-page.tsx"), "CustomersPage"),
});

const customer = createRoute({ getParentRoute: () => customers, path: "$contactId" });

const settings = createRoute({
  getParentRoute: () => shell,
  path: pages.settings,
  component: lazyRouteComponent(() => import("./settings-page.tsx"), "SettingsPage"),
});

const settingsArea = createRoute({ getParentRoute: () => settings, path: "$area" });

const routes = root.addChildren([
  signIn,
  linkSignIn,
  invitation,
  signedIn.addChildren([
    welcome,
    shell.addChildren([
      home,
      inbox.addChildren([conversation]),
      leads.addChildren([lead]),
      customers.addChildren([customer]),
      settings.addChildren([settingsArea]),
    ]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({ routeTree: routes, context: { queryClient }, defaultPreload: false, scrollRestoration: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

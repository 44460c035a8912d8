import type { Role } from "../../server/domain/context.ts";
import type { RegisteredRoute } from "../harness/registered-routes.ts";

/** What a caller needs no token for, and what is no route of the product's data: documents, files of the app, hooks. */
export function isAnonymous({ path }: RegisteredRoute): boolean {
  return (
    /\/(docs|health|ready|openapi\.json)(\/|$|\*)/.test(path) ||
    /\/(static|json|yaml)(\/|$)/.test(path) ||
    /^\/(hooks|webhook|calendar|forms|assets|auth|api\/auth|api\/v1\/auth|o|t|u|c)(\/|$)/.test(path) ||
    /^\/v1\/(problems|session)/.test(path) ||
    /^\/(\*|[\w-]+\.[a-z]+)?$/.test(path) ||
    path.endsWith("*")
  );
}

/** Answers without an end; live.test.ts reads them. */
export function isEndless({ path }: RegisteredRoute): boolean {
  return path === "/v1/live";
}

/** What everybody does for themselves, whatever their role. */
export function isOwn({ path }: RegisteredRoute): boolean {
  return /\/(me)(\/|$)/.test(path) || /^\/v1\/notifications\//.test(path);
}

/** The table whose row the route's last parameter names; undefined where it names none. */
export function entityOf({ path }: RegisteredRoute): string | undefined {
  // Ids of its own, as the vendor gives them.
  if (path.startsWith("/v1/simulator/")) return undefined;
  const segments = path.split("/");
  const at = segments.findLastIndex(
    (segment) => segment === ":id" || segment.endsWith("_id") || segment.endsWith("Id"),
  );
  return at < 0 ? undefined : tables[segments[at - 1] ?? ""];
}

/** Whether that row stands with a person. */
export function ofPerson(route: RegisteredRoute): boolean {
  return personal.has(entityOf(route) ?? "");
}

const personal = new Set([
  "contacts",
  "leads",
  "deals",
  "tasks",
  "activities",
  "notes",
  "conversations",
  "messages",
  "appointments",
  "media",
  "attachments",
  "contact_merges",
  "contact_tags",
]);

const tables: Record<string, string> = {
  contact: "contacts",
  contacts: "contacts",
  customer: "contacts",
  customers: "contacts",
  "lead-score": "contacts",
  lead: "leads",
  leads: "leads",
  deal: "deals",
  deals: "deals",
  task: "tasks",
  tasks: "tasks",
  actions: "tasks",
  activities: "activities",
  calls: "activities",
  communications: "activities",
  "customer-tags": "contact_tags",
  notes: "notes",
  conversation: "conversations",
  conversations: "conversations",
  messages: "messages",
  emails: "messages",
  appointments: "appointments",
  media: "media",
  attachments: "attachments",
  "contact-merges": "contact_merges",
  organizations: "organizations",
  tags: "tags",
  teams: "teams",
  imports: "imports",
  "change-sets": "change_sets",
  "quick-replies": "quick_replies",
  services: "services",
  locations: "locations",
  providers: "providers",
  pipelines: "pipelines",
  templates: "templates",
  webhooks: "webhook_endpoints",
};

/** The path as its document has it: each surface is mounted below a prefix as well. */
export function documentedPath({ path }: RegisteredRoute): string {
  return path
    .replace(/^\/salesperson\/(api\/)?crm\//, "/crm/")
    .replace(/^\/(chatbot|whatsapp|agentconnect|leads-workspace)(?=\/api\/)/, "");
}

/** Whether a role may call a route at all: the table of contracts/README.md and of each surface, in patterns. */
export function mayCall(role: Role, route: RegisteredRoute): boolean {
  const path = documentedPath(route);
  const rule = rules.find(({ paths, methods }) => paths.test(path) && methods.test(route.method));
  return rule?.roles.includes(role) ?? false;
}

const admins: Role[] = ["admin"];
const managers: Role[] = ["admin", "manager"];
const workers: Role[] = ["admin", "manager", "salesperson"];
const everybody: Role[] = ["admin", "manager", "salesperson", "secretariat"];

type Rule = { paths: RegExp; methods: RegExp; roles: Role[] };

const any = /./;
const reads = /^GET$/;
const writes = /^(?!GET)/;

/** The first that fits holds. */
const rules: Rule[] = [
  { paths: /^\/v1\/(api-keys|invitations|teams|settings\/roles)/, methods: any, roles: admins },
  { paths: /^\/v1\/(users|email-accounts)/, methods: writes, roles: admins },
  { paths: /^\/v1\/channel-accounts\/:id\/sync$/, methods: writes, roles: managers },
  { paths: /^\/v1\/channel-accounts/, methods: writes, roles: admins },
  { paths: /^\/v1\/webhooks/, methods: any, roles: managers },
  { paths: /^\/v1\/(settings|reminder-settings|loyalty-rules|message-prices)/, methods: writes, roles: managers },
  {
    paths: /^\/v1\/(services|locations|providers\/:id\/hours|pipelines|custom-fields)/,
    methods: writes,
    roles: managers,
  },
  { paths: /^\/v1\/providers(\/:id)?$/, methods: writes, roles: managers },
  { paths: /^\/v1\/(templates\/sync|templates|templates\/:id|knowledge-entries.*)$/, methods: writes, roles: managers },
  { paths: /^\/v1\/forms\/:id\/submissions$/, methods: reads, roles: managers },
  { paths: /^\/v1\/forms(\/:id)?$/, methods: writes, roles: managers },
  { paths: /^\/v1\/email-suppressions/, methods: any, roles: managers },
  { paths: /^\/v1\/tags\/:id$/, methods: /^DELETE$/, roles: managers },
  { paths: /^\/v1\/simulator\/failures/, methods: reads, roles: workers },
  { paths: /^\/v1\/conversations\/:id\/read$/, methods: any, roles: everybody },
  { paths: /^\/v1\//, methods: reads, roles: everybody },
  { paths: /^\/v1\//, methods: writes, roles: workers },
  // leads-workspace; PUT of a task is its own, chatbot's is /task.
  { paths: /^\/api\/crm\/(leads|tasks\/:task_id)/, methods: any, roles: managers },
  { paths: /^\/crm\/(customers\/repeat|tags\/|analytics\/)/, methods: reads, roles: workers },
  { paths: /^\/crm\/(customers\/:id\/(record|tags)|customer-tags)/, methods: writes, roles: workers },
  { paths: /^\/crm\//, methods: any, roles: everybody },
  { paths: /^\/api\/crm\//, methods: reads, roles: everybody },
  { paths: /^\/api\/crm\//, methods: writes, roles: workers },
];

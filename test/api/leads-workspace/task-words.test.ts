import { describe, expect, test } from "vitest";
import { type Caller, workspaceApp } from "./workspace-app.ts";

const { signedIn } = await workspaceApp();
const leads = "/api/crm/leads";

type Words = { v1: string; chatbot: string; salesperson: string; workspace: string };

/** The table of contracts/README.md. A word sets the first row that it stands in. */
const rows = {
  backlog: { v1: "backlog", chatbot: "pending", salesperson: "pending", workspace: "Backlog" },
  todo: { v1: "todo", chatbot: "pending", salesperson: "pending", workspace: "Todo" },
  inProgress: { v1: "in_progress", chatbot: "pending", salesperson: "pending", workspace: "In Progress" },
  done: { v1: "done", chatbot: "completed", salesperson: "completed", workspace: "Done" },
  cancelled: { v1: "cancelled", chatbot: "cancelled", salesperson: "cancelled", workspace: "Canceled" },
  missed: { v1: "missed", chatbot: "overdue", salesperson: "missed", workspace: "Backlog" },
} satisfies Record<string, Words>;

const writers = {
  chatbot: {
    create: (me: Caller, at: Place, status: object) =>
      me.post("/api/crm/tasks", { contact_id: at.contactId, title: "T", ...status }),
    edit: (me: Caller, id: string, status: string) => me.put(`/api/crm/task/${id}`, { status }),
  },
  salesperson: {
    create: (me: Caller, at: Place, status: object) =>
      me.post("/crm/actions", { customerId: at.contactId, actionType: "other", title: "T", ...status }),
    edit: (me: Caller, id: string, status: string) => me.put(`/crm/actions/${id}`, { status }),
  },
  workspace: {
    create: (me: Caller, at: Place, status: object) =>
      me.post(`${leads}/${at.leadId}/tasks`, { title: "T", ...status }),
    edit: (me: Caller, id: string, status: string) => me.put(`/api/crm/tasks/${id}`, { status }),
  },
};
type Surface = keyof typeof writers;
type Place = { contactId: string; leadId: string };

async function withLead() {
  const me = await signedIn();
  const { lead_id: leadId } = await me.lead();
  return { me, at: { leadId, contactId: String((await me.get(`${leads}/${leadId}`)).json().contactId) } };
}

/** The one task there is, as each surface reads it. */
async function read(me: Caller, { contactId, leadId }: Place): Promise<Words & { id: string }> {
  const [task] = (await me.get(`${leads}/${leadId}/tasks`)).json();
  const [action] = (await me.get(`/crm/actions?customerId=${contactId}`)).json();
  return {
    id: task.id,
    v1: (await me.get(`/v1/tasks/${task.id}`)).json().status,
    chatbot: (await me.get(`/api/crm/task/${task.id}`)).json().data.status,
    salesperson: action.status,
    workspace: task.status,
  };
}

const written: [Surface, string | undefined, Words][] = [
  ["chatbot", undefined, rows.backlog],
  ["chatbot", "pending", rows.backlog],
  ["chatbot", "completed", rows.done],
  ["salesperson", undefined, rows.backlog],
  ["salesperson", "pending", rows.backlog],
  ["salesperson", "completed", rows.done],
  ["salesperson", "cancelled", rows.cancelled],
  ["salesperson", "missed", rows.missed],
  ["workspace", undefined, rows.backlog],
  ["workspace", "Backlog", rows.backlog],
  ["workspace", "Todo", rows.todo],
  ["workspace", "In Progress", rows.inProgress],
  ["workspace", "Done", rows.done],
  ["workspace", "Canceled", rows.cancelled],
];

describe("a task's status", () => {
  test.each(written)("written on %s as %s is read on each surface by its table", async (surface, status, words) => {
    const { me, at } = await withLead();
    const answer = await writers[surface].create(me, at, status === undefined ? {} : { status });
    expect(answer.statusCode, answer.body).toBeLessThan(300);
    expect(await read(me, at)).toMatchObject(words);
  });

  test.each(written.filter(([, status]) => status !== undefined))(
    "set on %s to %s, of a task that was done or cancelled, is read the same",
    async (surface, status, words) => {
      for (const before of ["Done", "Canceled"]) {
        const { me, at } = await withLead();
        await writers.workspace.create(me, at, { status: before });
        const { id } = await read(me, at);
        expect((await writers[surface].edit(me, id, status ?? "")).statusCode).toBe(200);
        expect(await read(me, at)).toMatchObject(words);
      }
    },
  );

  test.each([
    ["chatbot", "todo", rows.todo],
    ["chatbot", "in_progress", rows.inProgress],
    ["chatbot", "missed", rows.missed],
    ["salesperson", "todo", rows.todo],
    ["salesperson", "in_progress", rows.inProgress],
    ["salesperson", "missed", rows.missed],
    ["workspace", "missed", rows.missed],
  ] as const)("sent back on %s as it was read there leaves %s where it is", async (surface, status, words) => {
    const { me, at } = await withLead();
    await writers.workspace.create(me, at, {});
    const { id } = await read(me, at);
    await me.patch(`/v1/tasks/${id}`, { status });
    expect((await writers[surface].edit(me, id, words[surface])).statusCode).toBe(200);
    expect(await read(me, at)).toMatchObject(words);
  });
});

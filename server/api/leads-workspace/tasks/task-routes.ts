import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Static, Type } from "typebox";
import { memberNames } from "../../../domain/accounts/member-names.ts";
import { DomainError } from "../../../domain/domain-error.ts";
import { getLead } from "../../../domain/leads/get-lead.ts";
import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import { tasksOfLead } from "../../../domain/leads/lead-lists.ts";
import { createTask } from "../../../domain/tasks/create-task.ts";
import { getTask } from "../../../domain/tasks/get-task.ts";
import type { Task } from "../../../domain/tasks/task.ts";
import { updateTask } from "../../../domain/tasks/update-task.ts";
import { ctxOf } from "../../http/request-state.ts";
import { LeadPath, PageQuery, Written } from "../field-schemas.ts";
import { leadOf, requireSameLead } from "../lead-of.ts";
import { nobody } from "../leads/present-lead.ts";
import { pageOfQuery, readPage } from "../page-of-query.ts";
import { parseTask } from "./parse-task.ts";
import { NewTaskBody, TaskBody, TaskList, TaskPath } from "./task-schemas.ts";
import { wordOfPriority, wordOfStatus } from "./task-words.ts";

const tags = ["Tasks"];
type Params = Static<typeof LeadPath>;
type NewRequest = { Params: Params; Body: Static<typeof NewTaskBody> };
type EditRequest = { Params: Static<typeof TaskPath>; Body: Static<typeof TaskBody> };

export function taskRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof PageQuery> }>(
    "/api/crm/leads/:lead_id/tasks",
    {
      schema: {
        ...{ summary: "List a lead's tasks, newest first", tags, params: LeadPath, querystring: PageQuery },
        response: { 200: TaskList },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const lead = await leadOf(ctx, request.params.lead_id);
      const tasks = await readPage({ request, reply }, pageOfQuery(request.query), (page) =>
        tasksOfLead(ctx, lead, page),
      );
      const names = await memberNames(
        ctx,
        tasks.flatMap((task) => [task.assigneeUserId, task.createdBy]),
      );
      return tasks.map((task) => presentTask(lead, task, names));
    },
  );
  app.post<NewRequest>(
    "/api/crm/leads/:lead_id/tasks",
    {
      schema: {
        ...{ summary: "Create a task for a lead", tags, params: LeadPath, body: NewTaskBody },
        response: { 200: Written },
      },
    },
    create,
  );
  const TaskWritten = Type.Object({ message: Type.String(), id: Type.String() });
  app.put<EditRequest>(
    "/api/crm/tasks/:task_id",
    { schema: { summary: "Update a task", tags, params: TaskPath, body: TaskBody, response: { 200: TaskWritten } } },
    update,
  );
}

async function create(request: FastifyRequest<NewRequest>): Promise<Static<typeof Written>> {
  const ctx = ctxOf(request);
  const lead = await leadOf(ctx, request.params.lead_id);
  requireSameLead(lead, request.body);
  const { title } = request.body;
  const fields = { status: "backlog" as const, ...(await parseTask(ctx, request.body)) };
  const { id } = await createTask(ctx, { ...fields, title, contactId: lead.contactId, leadId: lead.id });
  return { message: "Task created successfully", id: String(id), lead_id: leadCode(lead.number) };
}

async function update(request: FastifyRequest<EditRequest>) {
  const ctx = ctxOf(request);
  const task = await getTask(ctx, taskIdOf(request.params.task_id));
  const { leadId, id } = task;
  if (leadId !== null) requireSameLead(await getLead(ctx, leadId), request.body);
  const { status, ...patch } = await parseTask(ctx, request.body);
  // A missed task reads as Backlog: the word that it was read with leaves it where it is.
  const isThere = wordOfStatus(task.status) === request.body.status;
  await updateTask(ctx, id, status === undefined || isThere ? patch : { ...patch, status });
  return { message: "Task updated successfully", id: String(id) };
}

function taskIdOf(said: string): number {
  const id = /^(?:task_)?0*([1-9]\d{0,14})$/.exec(said.trim())?.[1];
  if (id !== undefined) return Number(id);
  const problem = { path: "task_id", message: "task_id must look like task_12 or 12", part: "path" } as const;
  throw new DomainError({ kind: "invalid", problems: [problem] });
}

function presentTask(lead: Lead, task: Task, names: Map<number, string>) {
  return {
    id: String(task.id),
    lead_id: leadCode(lead.number),
    title: task.title,
    description: task.description ?? "",
    status: wordOfStatus(task.status),
    assignedTo: (task.assigneeUserId === null ? task.assignedName : names.get(task.assigneeUserId)) ?? "",
    dueDate: task.dueAt,
    priority: wordOfPriority(task.priority),
    createdAt: task.createdAt,
    createdBy: (task.createdBy === null ? undefined : names.get(task.createdBy)) ?? nobody,
    updatedAt: task.updatedAt,
  };
}

import { describe, expect, test } from "vitest";
import { deleteActivity } from "../../../server/domain/activities/delete-activity.ts";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { updateActivity } from "../../../server/domain/activities/update-activity.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { changeLeadStage } from "../../../server/domain/leads/change-lead-stage.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { deleteLead, restoreLead } from "../../../server/domain/leads/delete-lead.ts";
import { getLead } from "../../../server/domain/leads/get-lead.ts";
import { emailsOfLead } from "../../../server/domain/leads/lead-emails.ts";
import { callsOfLead, notesOfLead, tasksOfLead } from "../../../server/domain/leads/lead-lists.ts";
import { leadStory } from "../../../server/domain/leads/lead-story.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { acceptMerge } from "../../../server/domain/merges/accept-merge.ts";
import { proposeMergeByHand } from "../../../server/domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../server/domain/merges/undo-merge.ts";
import { createNote, deleteNote, restoreNote } from "../../../server/domain/notes/write-note.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { deleteTask, restoreTask } from "../../../server/domain/tasks/delete-task.ts";
import { updateTask } from "../../../server/domain/tasks/update-task.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { ctx, createCompany } = await testDatabase();
const page = { limit: 50, offset: 0 };
const call = { activityType: "call", title: "Rang" } as const;

async function withLead() {
  const own = ctx(await createCompany());
  return { own, lead: await createLead(own, { firstName: "Ana" }) };
}

async function withClosedLead() {
  const { own, lead } = await withLead();
  return { own, lead: await changeLeadStage(own, lead.id, "lost") };
}

/** One of each: a call, a mail that was written down, a note, a task. */
async function actsFor(own: Ctx, contactId: number) {
  const { id: callId } = await logActivity(own, { contactId, ...call });
  await logActivity(own, { contactId, activityType: "email", title: "Offer" });
  const { id: noteId } = await createNote(own, { contactId, body: "Likes blue" });
  const { id: taskId } = await createTask(own, { contactId, title: "Ask again" });
  return { callId, noteId, taskId };
}

/** How many lines the lead shows; that its count, its story and its lists say the same is what these tests are about. */
async function linesOf(own: Ctx, leadId: number): Promise<number> {
  const lead = await getLead(own, leadId);
  const story = await leadStory(own, lead, { limit: 500 });
  const ofKind = (kind: string) => story.filter((line) => line.kind === kind);
  const told = (type: string) => ofKind("activity").filter(({ activityType }) => activityType === type);
  expect({
    story: story.length,
    calls: told("call").length,
    mails: told("email").length,
    notes: told("note").length,
    tasks: ofKind("task").length,
  }).toEqual({
    story: lead.activityCount,
    calls: (await callsOfLead(own, lead, page)).length,
    mails: (await emailsOfLead(own, lead, page)).length,
    notes: (await notesOfLead(own, lead, page)).length,
    tasks: (await tasksOfLead(own, lead, page)).length,
  });
  const { items } = await listLeads(own, { limit: 10 });
  expect(items.find(({ id }) => id === leadId)?.activityCount).toBe(lead.activityCount);
  return lead.activityCount;
}

describe("a lead's count, its story and its lists agree on what was done", () => {
  test("after it was closed", async () => {
    const { own, lead } = await withClosedLead();
    await actsFor(own, lead.contactId);
    expect(await linesOf(own, lead.id)).toBe(6);
  });

  test("before there was one", async () => {
    const own = ctx(await createCompany());
    const { id: contactId } = await createContact(own, { name: "Ana" });
    await actsFor(own, contactId);
    const lead = await createLead(own, { contactId });
    expect(await linesOf(own, lead.id)).toBe(5);
  });

  test("after it was opened again, and with what came then", async () => {
    const { own, lead } = await withClosedLead();
    await actsFor(own, lead.contactId);
    await changeLeadStage(own, lead.id, "contacted");
    await actsFor(own, lead.contactId);
    expect(await linesOf(own, lead.id)).toBe(11);
  });

  test("in a second lead, while the first keeps its own", async () => {
    const { own, lead } = await withLead();
    await actsFor(own, lead.contactId);
    await changeLeadStage(own, lead.id, "lost");
    const second = await createLead(own, { contactId: lead.contactId });
    await actsFor(own, lead.contactId);
    expect([await linesOf(own, lead.id), await linesOf(own, second.id)]).toEqual([6, 5]);
  });

  test("and was deleted and brought back", async () => {
    const { own, lead } = await withClosedLead();
    const { callId, noteId, taskId } = await actsFor(own, lead.contactId);
    await deleteActivity(own, callId);
    await deleteNote(own, noteId);
    await deleteTask(own, taskId);
    expect(await linesOf(own, lead.id)).toBe(3);
    await restoreNote(own, noteId);
    await restoreTask(own, taskId);
    expect(await linesOf(own, lead.id)).toBe(5);
  });

  test("and was moved onto the lead, off it, and to somebody else", async () => {
    const { own, lead } = await withClosedLead();
    const { callId, taskId } = await actsFor(own, lead.contactId);
    await updateActivity(own, callId, { leadId: lead.id });
    await updateTask(own, taskId, { leadId: lead.id });
    expect(await linesOf(own, lead.id)).toBe(6);
    await updateActivity(own, callId, { leadId: null });
    const other = await createContact(own, { name: "Bo" });
    await updateTask(own, taskId, { leadId: null, contactId: other.id });
    expect(await linesOf(own, lead.id)).toBe(5);
  });

  test("while the lead itself was away", async () => {
    const { own, lead } = await withClosedLead();
    await actsFor(own, lead.contactId);
    await deleteLead(own, lead.id);
    await actsFor(own, lead.contactId);
    await restoreLead(own, lead.id);
    expect(await linesOf(own, lead.id)).toBe(10);
  });
});

describe("of merged people", () => {
  async function merged() {
    const { own, lead } = await withLead();
    const other = await createLead(own, { firstName: "Anna" });
    await actsFor(own, other.contactId);
    const pair = { keptId: lead.contactId, mergedId: other.contactId };
    const { id } = await proposeMergeByHand(own, pair);
    await acceptMerge(own, id);
    return { own, lead, other, mergeId: id };
  }

  test("each lead has its own, and what stands on none", async () => {
    const own = ctx(await createCompany());
    const lead = await createLead(own, { firstName: "Ana" });
    const other = await createContact(own, { name: "Anna" });
    await actsFor(own, other.id);
    const { id } = await proposeMergeByHand(own, { keptId: lead.contactId, mergedId: other.id });
    await acceptMerge(own, id);
    expect(await linesOf(own, lead.id)).toBe(5);
    await undoMerge(own, id);
    expect(await linesOf(own, lead.id)).toBe(1);
  });

  test("both leads are there, and part again with what came later", async () => {
    const { own, lead, other, mergeId } = await merged();
    expect([await linesOf(own, lead.id), await linesOf(own, other.id)]).toEqual([1, 5]);
    const { contactId } = lead;
    await logActivity(own, { contactId, ...call, leadId: other.id });
    await createTask(own, { contactId, title: "Later", leadId: other.id });
    await createNote(own, { contactId, body: "Later", leadId: other.id });
    expect([await linesOf(own, lead.id), await linesOf(own, other.id)]).toEqual([1, 8]);
    await undoMerge(own, mergeId);
    // What came later stays with the person who was kept: in their open lead, for the other one has left.
    expect([await linesOf(own, lead.id), await linesOf(own, other.id)]).toEqual([4, 5]);
  });

  test("what was put on the kept person's lead goes back without it", async () => {
    const own = ctx(await createCompany());
    const lead = await createLead(own, { firstName: "Ana" });
    const other = await createLead(own, { firstName: "Anna" });
    const { callId, taskId } = await actsFor(own, other.contactId);
    const { id } = await proposeMergeByHand(own, { keptId: lead.contactId, mergedId: other.contactId });
    await acceptMerge(own, id);
    await updateActivity(own, callId, { leadId: lead.id });
    await updateTask(own, taskId, { leadId: lead.id });
    await undoMerge(own, id);
    expect([await linesOf(own, lead.id), await linesOf(own, other.id)]).toEqual([1, 5]);
  });
});

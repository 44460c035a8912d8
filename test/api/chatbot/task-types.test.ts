import { expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { getTask } from "../../../server/domain/tasks/get-task.ts";
import { chatbotApp } from "./chatbot-app.ts";

const chatbot = await chatbotApp();
const caller = await chatbot.caller();
const { id: contactId } = await createContact(caller.ctx, { name: "Ana" });

test.each([
  ["demo", "demo"],
  ["phone_call", "follow_up"],
  ["appointment_scheduled", "meeting"],
  ["update", "follow_up"],
])(
  "a task of the type %s reads as one of the document's types, and keeps it when that is sent back",
  async (type, word) => {
    const { id } = await createTask(caller.ctx, { title: "T", contactId, taskType: type });
    expect((await caller.get(`/api/crm/task/${id}`)).body.data).toMatchObject({ task_type: word });
    await caller.put(`/api/crm/task/${id}`, { title: "U", task_type: word });
    expect(await getTask(caller.ctx, id)).toMatchObject({ title: "U", taskType: type });
    await caller.put(`/api/crm/task/${id}`, { task_type: "support" });
    expect(await getTask(caller.ctx, id)).toMatchObject({ taskType: "support" });
  },
);

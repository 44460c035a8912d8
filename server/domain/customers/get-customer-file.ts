import type { Communication } from "../activities/communication.ts";
import { readCommunications } from "../activities/list-communications.ts";
import type { Appointment } from "../appointments/appointment.ts";
import { listAppointments } from "../appointments/list-appointments.ts";
import type { Contact } from "../contacts/contact.ts";
import { getContact } from "../contacts/get-contact.ts";
import type { Ctx } from "../context.ts";
import { tagsOn } from "../tags/list-tags.ts";
import type { ContactTag } from "../tags/tag.ts";
import { listTasksByDueTime } from "../tasks/list-tasks-by-due-time.ts";
import type { Task } from "../tasks/task.ts";
import type { CustomerRecord } from "./customer-record.ts";
import { getRecord } from "./get-record.ts";

/** All there is about a customer; of each list what is latest, up to a hundred. */
export type CustomerFile = {
  record: CustomerRecord;
  contact: Contact;
  appointments: Appointment[];
  communications: Communication[];
  tasks: Task[];
  tags: ContactTag[];
};

const shown = 100;

/** One round trip: the reads go out together, and the record's says whether the person is the caller's to see. */
export async function getCustomerFile(ctx: Ctx, contactId: number): Promise<CustomerFile> {
  const [record, contact, appointments, communications, tasks, tags] = await Promise.all([
    getRecord(ctx, contactId),
    getContact(ctx, contactId),
    listAppointments(ctx, { contactId, order: "latest", limit: shown }),
    readCommunications(ctx, { contactId, limit: shown }),
    listTasksByDueTime(ctx, { contactId, limit: shown }),
    tagsOn(ctx, contactId),
  ]);
  return {
    record,
    contact,
    appointments: appointments.items,
    communications: communications.items,
    tasks: tasks.slice(0, shown),
    tags,
  };
}

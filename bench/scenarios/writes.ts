import { type Bench, type Scenario, spread } from "./scenario.ts";

const pool = 40_000;
// A kept folder holds the people of earlier runs; a phone number is given once.
const run = Math.floor(Date.now() / 1000) % 25_000;

/** A person of the filled company, by the chatbot document's spelling. */
function person(bench: Bench, number: number): string {
  return `contact_${bench.firstContactId + number}`;
}

function post(path: string, body: object) {
  return { method: "POST", path, body: JSON.stringify(body) };
}

function forPeople(
  bench: Bench,
  round: number,
  request: (contactId: string, index: number) => ReturnType<typeof post>,
) {
  return spread(pool, bench.contacts).map((number, index) =>
    request(person(bench, (number + round * 7) % bench.contacts), index),
  );
}

/** The document's writes, each on people spread over the whole company. */
export const writes: Scenario[] = [
  {
    name: "create contact",
    once: true,
    requests: (_bench, round) =>
      Array.from({ length: pool }, (_, index) => {
        const number = (run * 5 + round) * pool + index;
        const phone = `+1${2_010_000_000 + number}`;
        const company = `Acme ${number % 5_000}`;
        return post("/api/crm/contacts", {
          name: `Nora Field ${number}`,
          phone_number: phone,
          email: `nora${number}@example.org`,
          company,
        });
      }),
  },
  {
    name: "update contact",
    requests: (bench, round) =>
      forPeople(bench, round, (contactId, index) => ({
        method: "PUT",
        path: `/api/crm/contact/${contactId}`,
        body: JSON.stringify({
          position: `Manager ${round} ${index}`,
          notes: "Interested in the yearly plan.",
          lead_status: index % 2 ? "hot" : "qualified",
        }),
      })),
  },
  {
    name: "create deal",
    once: true,
    requests: (bench, round) =>
      forPeople(bench, round, (contact_id) =>
        post("/api/crm/deals", {
          contact_id,
          title: "Yearly licence",
          value: 1250.5,
          currency: "USD",
          stage: "prospecting",
          expected_close_date: "2027-07-30",
        }),
      ),
  },
  {
    name: "create task",
    once: true,
    requests: (bench, round) =>
      forPeople(bench, round, (contact_id) =>
        post("/api/crm/tasks", {
          contact_id,
          title: "Follow up",
          task_type: "follow_up",
          priority: "high",
          due_date: "2027-06-15T14:00:00Z",
        }),
      ),
  },
  {
    name: "log activity",
    once: true,
    requests: (bench, round) =>
      forPeople(bench, round, (contact_id) =>
        post("/api/crm/activity", {
          contact_id,
          activity_type: "call",
          title: "Discovery call",
          duration_minutes: 45,
          outcome: "positive",
        }),
      ),
  },
  {
    name: "lead score",
    requests: (bench, round) => forPeople(bench, round, (contactId) => post(`/api/crm/lead-score/${contactId}`, {})),
  },
];

import { codeIn } from "./bounce-class.ts";
import { addressIn, type FailureSign } from "./failure-sign.ts";

/** What a server's own prose says, where it sends no delivery status: who was not reached, and why. */
export function readProse(
  prose: string,
  known: { failed: string[]; returnedTo: string | null; notThese: Set<string> },
): FailureSign[] {
  const named = known.failed.length > 0 ? known.failed : recipientsIn(prose, known);
  const action = delay.test(prose) ? "delayed" : "failed";
  return named.map((recipient) => {
    const said = wordsAbout(prose, recipient, named.length > 1);
    return { recipient, original: null, action, status: codeIn(said), diagnostic: said.slice(0, 1_000) };
  });
}

const delay =
  /warning message only|has been delayed|not yet been delivered|will be retried|attempts will continue|delivery .{0,20}delayed/i;

// "<a@b>:", "a@b: 550 …", "<a@b>... Host unknown", "    a@b" on a line of its own, "RCPT TO:<a@b>", "Recipient: <a@b>".
const pointing = [
  /^[ \t]*(?:\d{3} )?<([^<>\s]+@[^<>\s]+)>(?:\.\.\.|:|[ \t]*$|[ \t]+\()/gm,
  /^[ \t]*([^\s<>:"']+@[^\s<>:"']+)(?::|[ \t]*$| on | \[| invalid)/gim,
  /(?:rejected recipient|recipient|RCPT TO|delivered to|delivering your mail to|message to|address|failed|userid):?[ \t]*<?([^\s<>:"',]+@[^\s<>:"',]+)>?/gi,
];

function recipientsIn(
  prose: string,
  { returnedTo, notThese }: { returnedTo: string | null; notThese: Set<string> },
): string[] {
  for (const pattern of pointing) {
    const found = [...prose.matchAll(pattern)].map(([, text]) => addressIn(text));
    const people = [...new Set(found)].filter((address) => address !== undefined && !notThese.has(address));
    if (people.length > 0) return people.filter((address) => address !== undefined).slice(0, 50);
  }
  if (returnedTo !== null) return [returnedTo];
  const others = [...prose.matchAll(/[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/g)].map(([text]) => addressIn(text));
  const first = others.find((address) => address !== undefined && !notThese.has(address));
  return first === undefined ? [] : [first];
}

/** The lines from a recipient's name to the next empty line or name; where only one person failed, all that was said. */
function wordsAbout(prose: string, recipient: string, isOneOfSeveral: boolean): string {
  if (!isOneOfSeveral) {
    const coded = prose
      .split("\n")
      .filter(
        (line) => /(?<!\d)[45]\d\d(?!\d)|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(line) && !/^(out|in):/i.test(line.trim()),
      );
    return coded.length > 0 && coded.some((line) => /[a-z]{4}/i.test(line))
      ? withContinuation(prose, coded[0] ?? "")
      : prose;
  }
  const lines = prose.split("\n");
  const at = lines.findIndex((line) => line.toLowerCase().includes(recipient));
  const own = [lines[at] ?? ""];
  // "<a@b>... Host unknown" says it all; "<a@b>:" goes on below.
  if (/\S\W+\w+\W+\w+/.test((own[0] ?? "").toLowerCase().split(recipient).at(-1) ?? "")) return own[0] ?? "";
  for (const line of lines.slice(at + 1, at + 6)) {
    if (line.trim() === "" || (addressIn(line) !== undefined && !line.toLowerCase().includes(recipient))) break;
    own.push(line);
  }
  return own.join("\n");
}

function withContinuation(prose: string, line: string): string {
  const from = prose.indexOf(line);
  return prose.slice(from).split(/\n[ \t]*\n/)[0] ?? line;
}

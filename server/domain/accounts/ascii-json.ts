/** JSON in plain ASCII: what lies beyond is written as \uXXXX, so that clients which decode a token's payload as Latin-1 read it right. */
export function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Of a field's several spellings the first that the body has; null clears and so counts as given. */
export function firstGiven<Value>(...spellings: (Value | undefined)[]): Value | undefined {
  return spellings.find((value) => value !== undefined);
}

const grouping = /[\s'’\u00a0\u202f]/g;
const longestInteger = 15;

/**
 * A written number times a power of ten as an exact decimal: "1,50,000" and "1.500,00" and "5 000" are all understood.
 * A single separator before exactly three digits groups thousands ("5.000"), otherwise it is the decimal point ("2,5").
 */
export function decimalOf(written: string, powerOfTen: number): string | undefined {
  const plain = withPoint(written.replace(grouping, ""), powerOfTen);
  const [whole = "", fraction = ""] = plain.split(".");
  const digits = whole + fraction.padEnd(powerOfTen, "0");
  const point = whole.length + powerOfTen;
  const integer = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const rest = digits.slice(point).replace(/0+$/, "");
  if (integer.length > longestInteger || /^0*$/.test(integer + rest)) return undefined;
  return rest === "" ? integer : `${integer}.${rest}`;
}

function withPoint(number: string, powerOfTen: number): string {
  const separators = number.replace(/\d/g, "");
  const last = separators.at(-1);
  if (last === undefined) return number;
  const isMixed = /[.]/.test(separators) && /[,]/.test(separators);
  const groups = number.split(last);
  const tail = groups.at(-1) ?? "";
  const isGrouping = isMixed ? false : groups.length > 2 || (tail.length === 3 && powerOfTen === 0);
  if (isGrouping) return number.replace(/[.,]/g, "");
  return `${number.slice(0, number.length - tail.length - 1).replace(/[.,]/g, "")}.${tail}`;
}

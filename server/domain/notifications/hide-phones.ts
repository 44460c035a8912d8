type Words = { title: string; body: string };

const phoneLike = /\+?\(?\d[\d\s().-]{6,}\d/g;

/** A person without a name is called by their number: hidden from whoever may not see numbers. */
export function hidePhones({ title, body }: Words): Words {
  return { title: title.replace(phoneLike, hidden), body: body.replace(phoneLike, hidden) };
}

function hidden(number: string): string {
  const digits = number.replace(/\D/g, "");
  // A date or a time of day is no number of anybody.
  return digits.length < 7 || /^\d{4}-\d{2}-\d{2}/.test(number) ? number : `… ${digits.slice(-2)}`;
}

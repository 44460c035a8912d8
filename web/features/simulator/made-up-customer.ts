export type Customer = { name: string; phone: string; reach: "phone" | "user_id"; userId: string };

const names = [
  "Nora Lindqvist",
  "Tomás Ibarra",
  "Aisha Rahman",
  "Emeka Obi",
  "Hana Sato",
  "Pavel Novak",
  "Ines Duarte",
  "Leo Moreau",
  "Mira Shah",
  "Owen Clarke",
];
const areas = ["212", "305", "415", "503", "617", "702", "808", "916"];

/** A person nobody knows: 555-01xx numbers are kept for fiction. */
export function madeUpCustomer(): Customer {
  const line = String(randomBelow(100)).padStart(2, "0");
  return {
    name: names[randomBelow(names.length)] ?? "Nora Lindqvist",
    phone: `+1${areas[randomBelow(areas.length)]}55501${line}`,
    reach: "phone",
    userId: `US.${String(randomBelow(1e9)).padStart(9, "0")}${String(randomBelow(1e6)).padStart(6, "0")}`,
  };
}

function randomBelow(limit: number): number {
  return Math.floor(Math.random() * limit);
}

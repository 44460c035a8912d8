import { replaceProviderHours } from "../domain/booking/provider-hours.ts";
import { createLocation } from "../domain/booking/write-location.ts";
import { createProvider } from "../domain/booking/write-provider.ts";
import { createService } from "../domain/booking/write-service.ts";
import type { TxCtx } from "../domain/context.ts";

export type DemoOffer = { serviceIds: number[]; locationId: number; providerIds: number[] };

const services = [
  { name: "Check-up and cleaning", durationMinutes: 45, price: "85" },
  { name: "Whitening", durationMinutes: 60, price: "220" },
  { name: "Aligner fitting", durationMinutes: 30, bufferMinutes: 15, price: "140" },
  { name: "Implant consultation", durationMinutes: 60, price: "120" },
];

const timeZone = "Europe/Madrid";
const weekdays = [1, 2, 3, 4, 5];

/** What the demo's clinic offers, where and with whom; one of the team treats people too. */
export async function createOffer(tx: TxCtx, userId: number): Promise<DemoOffer> {
  const serviceIds = [];
  for (const service of services) serviceIds.push((await createService(tx, service)).id);
  const main = await createLocation(tx, { name: "Solmarea Clinic, Centre", address: "Calle Inventada 12", timeZone });
  const second = await createLocation(tx, {
    name: "Solmarea Clinic, Harbour",
    address: "Muelle Imaginario 3",
    timeZone,
  });
  const locationIds = [main.id, second.id];
  const providerIds = [];
  for (const provider of [{ name: "Dr. Irene Pascual" }, { name: "Dr. Hugo Lind" }, { name: "Noor Velasco", userId }]) {
    const { id } = await createProvider(tx, { ...provider, serviceIds, locationIds });
    await replaceProviderHours(
      tx,
      id,
      weekdays.flatMap((weekday) => dayAt(main.id, second.id, weekday)),
    );
    providerIds.push(id);
  }
  return { serviceIds, locationId: main.id, providerIds };
}

/** The centre until six, on Fridays the harbour in the afternoon. */
function dayAt(main: number, second: number, weekday: number) {
  const morning = { locationId: main, weekday, fromMinute: 9 * 60, toMinute: 13 * 60 };
  const place = weekday === 5 ? second : main;
  return [morning, { locationId: place, weekday, fromMinute: 14 * 60, toMinute: 18 * 60 }];
}

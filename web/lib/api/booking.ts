import { queryOptions } from "@tanstack/react-query";
import type { Appointment, NewAppointment } from "../../../shared/v1/appointment.ts";
import type { FreeSlots, Location, Provider, Service } from "../../../shared/v1/booking.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const visitsPollMs = 10_000;
/** What can be booked changes rarely; a form opened twice in a minute asks once. */
const staleTime = 60_000;

/** One person's visits, latest first. */
export function visitsQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "visits"],
    queryFn: ({ signal }) => {
      const query = { contact_id: contactId, order: "latest", limit: 50 };
      return request<Page<Appointment>>(apiPaths.appointments(query), { signal });
    },
    refetchInterval: pollMs(visitsPollMs),
  });
}

export type VisitAct = "confirm" | "complete" | "cancel" | "no-show" | "reopen";

export function actOnVisit(id: number, act: VisitAct): Promise<Appointment> {
  return request(apiPaths.appointmentAct(id, act), { method: "POST", body: {} });
}

export function bookVisit(input: NewAppointment, idempotencyKey: string): Promise<Appointment> {
  return request(apiPaths.appointments({}), { method: "POST", body: input, idempotencyKey });
}

/** What can be booked, where and with whom. */
export const offerQuery = queryOptions({
  queryKey: ["offer"],
  queryFn: async ({ signal }) => {
    const [services, locations, providers] = await Promise.all([
      request<Page<Service>>(apiPaths.services, { signal }),
      request<Page<Location>>(apiPaths.locations, { signal }),
      request<Page<Provider>>(apiPaths.providers, { signal }),
    ]);
    return { services: services.data, locations: locations.data, providers: providers.data };
  },
  staleTime,
});

export type SlotSearch = { serviceId: number; locationId: number; providerId?: number | undefined; fromOn: string };

const searchedDays = 7;

/** The free beginnings of the week that starts on a day. */
export function freeSlotsQuery({ serviceId, locationId, providerId, fromOn }: SlotSearch) {
  return queryOptions({
    queryKey: ["free-slots", serviceId, locationId, providerId, fromOn],
    queryFn: ({ signal }) => {
      const day = new Date(`${fromOn}T00:00:00`);
      const from = new Date(Math.max(day.getTime(), Date.now())).toISOString();
      const to = new Date(day.getFullYear(), day.getMonth(), day.getDate() + searchedDays).toISOString();
      const query = { service_id: serviceId, location_id: locationId, provider_id: providerId, from, to };
      return request<FreeSlots>(apiPaths.freeSlots(query), { signal });
    },
  });
}

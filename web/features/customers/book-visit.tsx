import { Alert, Button, Group, Loader, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FreeSlots } from "../../../shared/v1/booking.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { bookVisit, freeSlotsQuery, offerQuery } from "../../lib/api/booking.ts";
import { dueCustomersKey } from "../../lib/api/customers.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { SlotChoice } from "./slot-choice.tsx";

type Props = { contactId: number; opened: boolean; onClose: () => void };

/** Service, place and provider lead to free times; one of them is booked. */
export function BookVisit({ contactId, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Book a visit" size="lg">
      {opened && <BookingForm contactId={contactId} onDone={onClose} />}
    </Modal>
  );
}

type Choice = { serviceId: string | null; locationId: string | null; providerId: string | null; fromOn: string };
type Slot = FreeSlots["data"][number];

function BookingForm({ contactId, onDone }: { contactId: number; onDone: () => void }) {
  const offer = useQuery(offerQuery);
  const [choice, setChoice] = useState<Choice>({
    serviceId: null,
    locationId: null,
    providerId: null,
    fromOn: today(),
  });
  const [slot, setSlot] = useState<Slot>();
  const [key] = useState(randomKey);
  const client = useQueryClient();
  const booking = useMutation({
    mutationFn: (input: Parameters<typeof bookVisit>[0]) => bookVisit(input, `${key}-${input.starts_at}`),
    onSuccess: () => {
      showDone("Visit booked.");
      void client.invalidateQueries({ queryKey: ["contacts", contactId] });
      void client.invalidateQueries({ queryKey: dueCustomersKey });
      onDone();
    },
    onError: () => void client.invalidateQueries({ queryKey: ["free-slots"] }),
  });
  if (!offer.data)
    return offer.isError ? <Alert color="red">{wordsOf(offer.error)}</Alert> : <Loader aria-label="Loading services" />;
  const { services, locations, providers } = offer.data;
  if (services.length === 0 || locations.length === 0 || providers.length === 0)
    return (
      <Text>Before a visit can be booked, a service, a location and a provider with working hours are needed.</Text>
    );
  const locationId = choice.locationId ?? onlyOne(locations);
  const suited = providers.filter(
    ({ service_ids, location_ids }) =>
      service_ids.includes(Number(choice.serviceId)) && location_ids.includes(Number(locationId)),
  );
  const change = (part: Partial<Choice>) => {
    setChoice((before) => ({ ...before, ...part }));
    setSlot(undefined);
  };
  const book = () => {
    const providerId = slot?.provider_ids[0];
    if (!slot || !providerId) return;
    booking.mutate({
      contact_id: contactId,
      service_id: Number(choice.serviceId),
      location_id: Number(locationId),
      provider_id: providerId,
      starts_at: slot.starts_at,
    });
  };
  return (
    <Stack gap="md">
      <Group grow align="start" preventGrowOverflow={false}>
        <Select
          label="Service"
          placeholder="Choose"
          data={services.map((each) => ({
            value: String(each.id),
            label: `${each.name} · ${each.duration_minutes} min · ${formatMoney(each.price, each.currency)}`,
          }))}
          value={choice.serviceId}
          onChange={(serviceId) => change({ serviceId, providerId: null })}
        />
        <Select
          label="Location"
          placeholder="Choose"
          data={locations.map(named)}
          value={locationId}
          onChange={(next) => change({ locationId: next, providerId: null })}
        />
      </Group>
      <Group grow align="start" preventGrowOverflow={false}>
        <Select
          label="With"
          placeholder="Whoever is free"
          clearable
          data={suited.map(named)}
          value={choice.providerId}
          onChange={(providerId) => change({ providerId })}
        />
        <TextInput
          label="From"
          type="date"
          min={today()}
          value={choice.fromOn}
          onChange={(event) => event.currentTarget.value !== "" && change({ fromOn: event.currentTarget.value })}
        />
      </Group>
      {choice.serviceId !== null && locationId !== null && (
        <Slots choice={{ ...choice, locationId }} chosen={slot} onChoose={setSlot} />
      )}
      <FormProblem error={booking.error} />
      <Group justify="flex-end">
        <Button disabled={!slot} loading={booking.isPending} onClick={book}>
          Book
        </Button>
      </Group>
    </Stack>
  );
}

type SlotsProps = { choice: Choice; chosen: Slot | undefined; onChoose: (slot: Slot) => void };

function Slots({ choice, chosen, onChoose }: SlotsProps) {
  const query = useQuery(
    freeSlotsQuery({
      serviceId: Number(choice.serviceId),
      locationId: Number(choice.locationId),
      providerId: choice.providerId === null ? undefined : Number(choice.providerId),
      fromOn: choice.fromOn,
    }),
  );
  if (query.isError) return <Alert color="red">{wordsOf(query.error)}</Alert>;
  if (!query.data) return <Loader size="sm" aria-label="Looking for free times" />;
  return <SlotChoice slots={query.data} chosen={chosen} onChoose={onChoose} />;
}

function named({ id, name }: { id: number; name: string }): { value: string; label: string } {
  return { value: String(id), label: name };
}

function onlyOne(items: { id: number }[]): string | null {
  const [first, second] = items;
  return first && !second ? String(first.id) : null;
}

/** The reader's own day, as a date field writes it. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

import { describe, expect, test } from "vitest";
import { afterWork, soonAtWork, usualHours } from "../../../server/domain/tasks/working-time.ts";

const day = 9 * 60;

describe("with the usual hours", () => {
  test.each([
    // In the week: within working time as it is.
    ["Asia/Kolkata", "2026-11-25T10:00+05:30", 240, "2026-11-25T14:00+05:30"],
    ["Asia/Kolkata", "2026-11-25T10:00+05:30", day, "2026-11-26T10:00+05:30"],
    // At night, early, and over the evening.
    ["Asia/Kolkata", "2026-11-25T23:15+05:30", 240, "2026-11-26T13:00+05:30"],
    ["Asia/Kolkata", "2026-11-25T03:00+05:30", day, "2026-11-25T18:00+05:30"],
    ["Asia/Kolkata", "2026-11-25T16:30+05:30", 240, "2026-11-26T11:30+05:30"],
    ["Asia/Kolkata", "2026-11-25T18:00+05:30", 60, "2026-11-26T10:00+05:30"],
    // The weekend, on the company's calendar and not on UTC's.
    ["Europe/Berlin", "2026-11-27T17:00+01:00", 240, "2026-11-30T12:00+01:00"],
    ["Europe/Berlin", "2026-11-28T12:00+01:00", day, "2026-11-30T18:00+01:00"],
    ["Pacific/Auckland", "2026-11-27T23:15Z", 240, "2026-11-30T13:00+13:00"],
    ["America/Los_Angeles", "2026-11-28T00:30Z", 240, "2026-11-30T11:30-08:00"],
    // The clocks change on Sunday the 29th of March and on Sunday the 25th of October.
    ["Europe/Berlin", "2026-03-27T16:00+01:00", day, "2026-03-30T16:00+02:00"],
    ["Europe/Berlin", "2026-10-23T17:30+02:00", 240, "2026-10-26T12:30+01:00"],
  ])("in %s at %s, %i minutes of work end at %s", (timeZone, now, minutes, due) => {
    expect(afterWork(new Date(now), minutes, [{ timeZone, hours: usualHours }])).toEqual(new Date(due));
  });

  test.each([
    ["UTC", "2026-11-25T17:30Z", "2026-11-25T18:30Z"],
    ["UTC", "2026-11-25T18:00Z", "2026-11-26T09:00Z"],
    ["Asia/Kolkata", "2026-11-25T23:15+05:30", "2026-11-26T09:00+05:30"],
    ["Europe/Berlin", "2026-03-28T12:00+01:00", "2026-03-30T09:00+02:00"],
    ["America/Sao_Paulo", "2026-11-27T22:00-03:00", "2026-11-30T09:00-03:00"],
  ])("in %s at %s, what is urgent is due at %s", (timeZone, now, due) => {
    expect(soonAtWork(new Date(now), 60, [{ timeZone, hours: usualHours }])).toEqual(new Date(due));
  });
});

test("days when the clock changes have the working time that they have", () => {
  const hours = [{ weekday: 7, fromMinute: 60, toMinute: 300 }];
  const now = new Date("2026-03-28T12:00+01:00");
  // From one to five there are three hours: the hour from two to three is left out.
  expect(afterWork(now, 180, [{ timeZone: "Europe/Berlin", hours }])).toEqual(new Date("2026-03-29T05:00+02:00"));
});

test("who is hardly ever at work is asked by the last time in sight", () => {
  const hours = [{ weekday: 3, fromMinute: 600, toMinute: 610 }];
  const working = [{ timeZone: "UTC", hours }];
  expect(afterWork(new Date("2026-11-25T12:00Z"), 240, working)).toEqual(new Date("2026-12-16T10:10Z"));
});

test("somebody is at work where one of the places is open, each on its own clock", () => {
  const hours = [{ weekday: 3, fromMinute: 540, toMinute: 1080 }];
  const working = [
    { timeZone: "Asia/Kolkata", hours },
    { timeZone: "Europe/Berlin", hours },
  ];
  // Open in Kolkata from 3:30 to 12:30 UTC and in Berlin from 8:00 to 17:00: thirteen and a half hours in all.
  expect(afterWork(new Date("2026-11-25T00:00Z"), 13.5 * 60, working)).toEqual(new Date("2026-11-25T17:00Z"));
  expect(soonAtWork(new Date("2026-11-25T00:00Z"), 60, working)).toEqual(new Date("2026-11-25T03:30Z"));
});

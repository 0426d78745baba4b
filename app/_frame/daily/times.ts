// The times that are offered for reminders and planned messages, by the clock of this device.

export type Preset = "soon" | "hour" | "hours" | "tomorrow" | "monday";

const MINUTE = 60_000;
const MORNING = 9;

/** Nine in the morning, `days` days after the one of `now`, in local time. */
function morning(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, MORNING).getTime();
}

/** When a preset comes, counted from `now`. */
export function presetTime(preset: Preset, now: number): number {
  switch (preset) {
    case "soon":
      return now + 20 * MINUTE;
    case "hour":
      return now + 60 * MINUTE;
    case "hours":
      return now + 180 * MINUTE;
    case "tomorrow":
      return morning(now, 1);
    case "monday":
      // always a Monday to come: on a Monday the next one
      return morning(now, (8 - new Date(now).getDay()) % 7 || 7);
  }
}

/** What an input of date and time takes: local, without seconds. */
export function toInput(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Undefined for what is no time. */
export function fromInput(value: string): number | undefined {
  const ms = new Date(value).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}

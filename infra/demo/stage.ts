import type { House } from './house.js';
import type { Client, Json, Problem } from './http-client.js';

/** What a scenario plays on: the service from outside, a clock to move, and somewhere to tell the story. */
export interface Stage {
  /** As the first administrator. */
  readonly admin: Client;
  readonly charter: { readonly text: string; readonly name: string };
  /** Tells what was done; `note` is the technical side of it (revision, event types). */
  done(what: string, receipt?: Json): void;
  /** Tells what the service refused, with its rule. */
  refused(what: string, problem: Problem): void;
  chapter(title: string): void;
  /** Day of the story, `2026-06-02`; its moments are given as local times in Paris. */
  readonly day: string;
  /** `10:30` of the story's day, as ISO 8601 with offset. */
  at(time: string): string;
  /** How many sessions a scenario of many plays; left out: its own number. */
  readonly sessions?: number | undefined;
  /** What runs the service; undefined on a service that somebody else started. */
  readonly house: House | undefined;
  /** Moves the simulated clock forward to a time of the story's day; a time already passed is left alone. */
  clockTo(time: string): Promise<void>;
}

/** What a scenario hands over: the same for tables and for `--json`. */
export interface Played {
  /** One JSON document. */
  readonly document: unknown;
  /** The same for people, in French. */
  text(): string;
}

/** What the story of a session leaves behind. */
export interface Outcome {
  readonly charter: Json;
  readonly journal: readonly Json[];
  readonly compliance: Json;
  readonly stream: readonly StreamEvent[];
}

export interface StreamEvent {
  readonly type: string;
  readonly version: number;
  readonly revision: number;
  readonly recordedAt: string;
  readonly data: Json;
}

export interface Scenario {
  readonly name: string;
  /** One French sentence for the list of scenarios. */
  readonly about: string;
  play(stage: Stage): Promise<Played>;
}

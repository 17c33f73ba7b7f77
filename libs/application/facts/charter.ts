import { createHash } from 'node:crypto';
import type { CivilTime } from '#domain/calendar/civil-time.js';
import { charter } from '#domain/charter/charter.js';
import type { CharterCommand } from '#domain/charter/commands.js';
import type { CharterFacts } from '#domain/charter/decide.js';
import type { CharterState } from '#domain/charter/state.js';
import type { FactsInput } from '../command.js';
import { baseFacts } from './base.js';

/** The hash that proves a charter's text: SHA-256 of its UTF-8 bytes, lower-case hexadecimal. */
export const sha256OfText = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export const charterBinding = (time: CivilTime) => ({
  aggregate: charter,
  facts: async (input: FactsInput<CharterCommand, CharterState>): Promise<CharterFacts> => {
    const { command } = input.envelope;
    const textSha256 = command.type === 'PublishCharter' ? sha256OfText(command.text) : undefined;
    return { time, textSha256, ...baseFacts(input) };
  },
});

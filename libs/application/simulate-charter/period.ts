import { isLocalDate, type LocalDate } from '#kernel/time.js';

/** `2026-01-01..2026-12-31`, both days included. @returns undefined when it is no such thing, or ends before it begins */
export function periodOf(text: string): { readonly from: LocalDate; readonly to: LocalDate } | undefined {
  const [from = '', to = '', ...more] = text.split('..');
  if (more.length > 0 || !isLocalDate(from) || !isLocalDate(to) || to < from) return undefined;
  return { from, to };
}

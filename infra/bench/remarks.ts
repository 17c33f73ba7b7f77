/** Why a goal was missed where it was, and what would close the gap: written by whoever looked at the profile. By bench. */
export const remarks: Readonly<Record<string, string>> = {};

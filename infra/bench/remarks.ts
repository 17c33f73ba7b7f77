/** Why a goal was missed where it was, and what would close the gap: written by whoever looked at the profile. By bench. */
export const remarks: Readonly<Record<string, string>> = {
  http: [
    'No single place: of the service’s own thread, once warm, about a fifth goes to the decision with its sealing (of which a third is the lint of free text and the calendar),',
    'a fifth to HTTP around it (headers, token, validation), a sixth to the projections that follow in the same process (nine views of this command fold it, each decoding the event for itself),',
    'a tenth to messages to the threads of the databases, a seventh to the garbage of all of them. The bare POST does none of this and writes nothing to a disk; the command makes a key and an event durable, one after the other.',
    'What would close the gap: projections in a process of their own (`TEMOIN_ROLE=worker`) where there are cores for it; one decoding of an event for all views; one message to the views’ thread for each step instead of three.',
  ].join(' '),
  rebuild: [
    'A rebuild does what the raw peer does not: it decodes each event and folds it (a fifth of this thread), compares each document with the live one (two scans), and waits for the durable commits of each view’s beginning, steps and swap;',
    'with few events those commits are most of it. What would close the gap: one reading of the log for several views, and comparing digests inside the views’ file instead of documents outside it.',
  ].join(' '),
};

/** Why a goal was missed where it was, and what would close the gap: written by whoever looked at the profile. By bench. */
export const remarks: Readonly<Record<string, string>> = {
  http: [
    'No single place: of the service’s own thread, once warm, a third goes to HTTP around the command (headers, token, validation, the answer), a seventh to sealing, an eighth to the decision with the lint of free text,',
    'a twelfth each to the projections that follow in the same process, to messages to the threads of the databases, and to the garbage of all of them.',
    'The bare POST does the first of these alone and writes nothing to a disk; the command makes a key and an event durable, one after the other, and its views are written by a thread of their own that is as busy as the events’.',
    'What would close the gap: projections in a process of their own (`TEMOIN_ROLE=worker`) where there are cores for it.',
  ].join(' '),
  rebuild: [
    'A rebuild does what the raw peer does not. In the thread that reads and folds: folding is a quarter, garbage a fifth, making and checking the documents’ text a fifth, sending it to the views’ thread an eighth, decoding a sixteenth.',
    'The views’ thread is as busy: two fifths of it go to commits of a thousand documents (the raw peer has one for all), a third to the writing itself, a twelfth to making and dropping tables, a twenty-fifth to the comparison.',
    'Both go side by side, so that a machine with fewer than two free cores pays for them one after the other. What would close the gap: larger commits, which would let queries wait longer; folding in the views’ thread, which would bring domain code into an adapter.',
  ].join(' '),
};

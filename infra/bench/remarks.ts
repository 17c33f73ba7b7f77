/** Why a goal was missed where it was, and what would close the gap: written by whoever looked at the profile. By bench. */
export const remarks: Readonly<Record<string, string>> = {
  append: [
    'One writer pays, for each commit, a tenth of a millisecond for the way to the thread of the database and back, 0.02 to 0.1 for two more pages (an index and a counter; measured twice, on a busy and on a quiet disk) and 0.03 of sealing;',
    'a raw durable commit takes 0.14 to 0.17 ms on this disk, so that these weigh more than on a disk that takes a millisecond. What would close the gap is in ADR 5.',
    'With 64 writers the calling thread is what is full: it seals one half while the other half is written. Half of its time goes to the two sealed fields (a cipher, a tag and a commitment each), an eighth to garbage, a tenth to JSON, a tenth to the way to the thread of the database.',
    'A field takes 5.3 µs where nothing else runs, 3.2 of them in the cipher: a context of OpenSSL for each, and an object each for ciphertext, end and tag, which Node’s interface leaves no way around; their finalisers are a third of what collecting garbage takes.',
    'Where a sync takes a quarter of a millisecond (files in memory, ahead of whatever else ran, in turn with what was before): 36,000 events/s instead of 33,800, 25.6 µs of the calling thread for an event instead of 27.4 (known keys in the same turn, ciphertexts on a tray, stored data put together from its boxes, shorter answers).',
    'Tried and left out there: sealing in a thread of its own took 60 µs of processor time an event instead of 48 and wrote fewer (29,000 against 33,000), for two cores are full then and each value crosses twice; groups of 22 instead of 32 wrote a tenth less; one statement for many rows saves the thread of the database a microsecond of 6, which nobody waits for.',
    'The same machine is a quarter faster or slower from one minute to the next, which moves this goal more than any of that: raw rows wait for the disk, sealing for the processor.',
    'What would close the gap: collecting garbage in one thread where there are two cores (`--single-threaded-gc`: 45 µs of processor time an event instead of 53, 33,000 events/s instead of 30,900; longer pauses of a large heap, not measured); sealing in threads of their own on more cores. Raw rows are neither sealed, nor given a checksum, nor indexed twice, and are half as many bytes in the log.',
  ].join(' '),
  http: [
    'No single place. Of the processor time of one command nearly three fifths are the service’s own thread, a seventh the views’ thread, a tenth V8’s helpers (garbage, and compiling while it is young), a tenth the thread of the events, a twentieth that of the keys.',
    'In the service’s own thread: HTTP around the command a quarter (parsing, routing, headers, the answer), the command’s way between state and receipt a seventh, projections and followers in the same process a ninth, messages to the threads of the databases a tenth,',
    'sealing with a key of its own a twelfth, validation a thirteenth, garbage an eighteenth, the decision with the lint of free text a twentieth, the token a fortieth.',
    'The bare POST does HTTP and validation alone, in one thread, and writes nothing to a disk.',
    'Three things that cost without giving anything are gone, a fifth in all (850 µs before, 675 after, the bare POST 125, in turn on a busy machine): ids drawn in one moment begin alike, so that the indexes of three databases are written in one place for all commands of a commit (48 KiB written for a command before, 21 after; ADR 7);',
    'a map beside the requests kept each of them, with its answer, from the quick collection of garbage (10.7 kB a command outlived it, now 4.7); and each command read the charter, the closures and its member by itself, which commands of one turn now read together.',
    'Of the time that one of 64 callers waits two fifths went to the key that must be on disk before its event is sent (the commit before, then its own), a quarter to the event’s commit, the rest to the question whether another process wrote, which waits for the commit under way (0.57 of an append’s wait; it stood behind the commits of others too before, 1.16, in turn on a busy machine), to the decision and to the way there and back.',
    'What would close the gap: cores. Views, keys and events have threads of their own already, which two cores share with the service, V8 and the load generator.',
    'Then more memory: before so much garbage was saved, letting V8 keep as much as it does by itself took a sixteenth less processor time and a hundred megabytes more. Then fewer rows: a request writes five applications of rules with three index entries each.',
    'Then one commit for key and event instead of two, one after the other. Tried and not kept, since nothing came of it that could be told: views followed 15 ms apart instead of 5, and one statement that inserts or replaces a document instead of two.',
  ].join(' '),
  start: [
    'What a start adds for a long log, beside what every start does (loading modules, above all), is the check that no index lost an entry, which counts both, and the search for destructions, both in the thread of the events:',
    'nothing is opened before they are reconciled with the ledger. Measured for a million events with 17,000 holds among which no destruction lies: 0.1 s of processor time, 0.4 before the holds were left out unread.',
    'An installation that destroyed much pays more: each line of the ledger is verified and each certificate read. The rest waits until the service answers: the indexes of members and of the journal, the holds of complaints, decisions on rights.',
    'They shared two cores with the start before: with 330,000 events it took 3.0 s of processor time against 2.45 with 1,000, and takes 2.6 now.',
    'Memory, with 330,000 events and everything read: of 239 MiB the engine’s own file is 50, the main heap 102 (32 of them the nursery, 50 alive, of which four fifths are the modules themselves),',
    'the heaps of the three databases’ threads 25 to 30, their page caches and buffers between threads about 45. The indexes of this bench hold ids only: readable ones take what the bench « search » says.',
    'What would close a gap in memory: a nursery of half the size, 10 to 17 MiB less in four tries; what it costs commands could not be told on a busy machine.',
  ].join(' '),
  visible: [
    'All views follow together, in one step for each batch (ADR 25): a command is visible when the slowest of thirty-one views has it, and waits for the batch before its own where it comes too late for it.',
    'Folding back the views’ write-ahead log took 40 ms of the views’ thread each time, a tenth of it in all; most of it is done beside the writing now, and what is left of a fold are the syncs.',
  ].join(' '),
  rebuild: [
    'A rebuild does what the raw peer does not, in two threads side by side. The one that reads and folds: folding a quarter, garbage a quarter, making and checking the documents’ text a fifth, sending it to the views’ thread an eighth, decoding a sixteenth.',
    'The views’ thread: commits two fifths, a quarter of all zeroing the documents that are replaced, so that no free page names a member; a third the writing itself, a twentieth the comparison.',
    'A machine with fewer than two free cores pays for both one after the other. What would close the gap: zeroing replaced documents afterwards, in small pieces; folding in the views’ thread, which would bring domain code into an adapter.',
  ].join(' '),
};

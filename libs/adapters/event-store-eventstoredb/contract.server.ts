import { eventStoreContract } from '#ports/event-store/event-store.contract.js';
import { serverUrl } from './server-url.js';
import { tidied } from './tidied.js';

eventStoreContract({
  name: 'the event store on EventStoreDB',
  startsEmpty: false,
  // Every conflict costs a way to the server and back: an unlucky writer meets each of the other writers' appends.
  mostTries: 64 * 3,
  async place() {
    const { open, tidy } = tidied(serverUrl());
    return { open: () => open(), remove: tidy };
  },
});

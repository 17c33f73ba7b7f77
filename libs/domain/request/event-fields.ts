import { id } from '#kernel/field.js';

/** Every request event says which request of which member. */
export const who = { requestId: id(), memberId: id() };

import { commandOf } from './command-of.js';

interface Note {
  readonly type: 'Note';
  readonly sessionId: string;
  readonly text: string;
  readonly at?: string;
}
interface Other {
  readonly type: 'Other';
}
declare class Fitting {
  readonly text: string;
  readonly at?: string;
}

describe('commandOf', () => {
  const command = commandOf<Note | Other>();

  it('joins references and body into the command', () => {
    const body: Fitting = { text: 'vu' };
    expect(command('Note', { sessionId: 's' }, body)).toEqual({ type: 'Note', sessionId: 's', text: 'vu' });
  });

  it('lets no body set the type or a reference', () => {
    const body = { text: 'vu', type: 'Other', sessionId: 'mine' } as unknown as Fitting;
    expect(command('Note', { sessionId: 's' }, body)).toEqual({ type: 'Note', sessionId: 's', text: 'vu' });
  });

  it('does not compile when body and command differ', () => {
    const withoutOptional: { readonly text: string } = { text: '' };
    // @ts-expect-error the command has a field, optional as it is, that the body lacks
    command('Note', { sessionId: 's' }, withoutOptional);
    const withMore: Fitting & { readonly extra: string } = { text: '', extra: '' };
    // @ts-expect-error the body has a field that the command lacks
    command('Note', { sessionId: 's' }, withMore);
    const otherwise: { readonly text: number; readonly at?: string } = { text: 1 };
    // @ts-expect-error the types of a field differ
    command('Note', { sessionId: 's' }, otherwise);
    expect(true).toBe(true);
  });
});

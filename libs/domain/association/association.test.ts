import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { event } from '#kernel/define-event.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { given } from '#testing/given.js';
import type { Role } from '../shared/facts.js';
import { association } from './association.js';
import type { RecordInsurancePolicy, RecordMediator, RecordProcessor } from './commands.js';
import { AssociationRecordEnded, InsurancePolicyRecorded, MediatorRecorded, ProcessorRecorded } from './events.js';
import { associationRecordEnded, associationRecordNotYours, associationRecordUnknown } from './refusals.js';
import { recordsOn } from './state.js';

const day = (text: string) => text as LocalDate;
const as = (role: Role) => ({
  now: '2026-06-02T08:00:00.000Z' as Instant,
  actor: { staffId: 's1', roles: [role] },
  time: frenchCivilTime(),
});
const insure: RecordInsurancePolicy = {
  type: 'RecordInsurancePolicy',
  recordId: 'p1',
  insurer: 'Mutuelle des Exemples',
  policyNumber: 'RC-12',
  coverage: 'Responsabilité civile professionnelle',
  from: day('2026-01-01'),
  until: day('2026-12-31'),
};
const mediate: RecordMediator = {
  type: 'RecordMediator',
  recordId: 'm1',
  mediatorName: 'Médiation Exemple',
  mediatorContact: '1 rue de l’Exemple, 75000 Paris',
  from: day('2026-01-01'),
};
const process: RecordProcessor = {
  type: 'RecordProcessor',
  recordId: 't1',
  processorName: 'Hébergeur Exemple',
  processorService: 'Sauvegardes chiffrées',
  contractOn: day('2026-01-01'),
  erasurePath: 'Rotation sous 31 jours ; les clés n’y sont pas.',
  from: day('2026-01-01'),
};
const dataOf = <C extends { readonly type: string }>({ type: _, ...data }: C) => data;
const insured = event(InsurancePolicyRecorded, dataOf(insure));
const mediator = event(MediatorRecorded, dataOf(mediate));

describe('records of the association', () => {
  it('are insurance, mediator and processors, each with its days [charter:6.2] [charter:6.3] [charter:11d]', () => {
    given(association).when(insure, as('Director')).then([insured]);
    given(association).when(mediate, as('Administrator')).then([mediator]);
    given(association, insured).when(insure, as('Director')).then([]);
    const { state } = given(association, insured, mediator);
    expect(recordsOn(state, 'insurance', day('2026-12-31'))).toHaveLength(1);
    expect(recordsOn(state, 'insurance', day('2027-01-01'))).toEqual([]);
    expect(recordsOn(state, 'mediator', day('2030-01-01'))).toHaveLength(1);
  });

  it('name who outside processes data, under which contract and how it is erased there [charter:4.2b]', () => {
    given(association)
      .when(process, as('President'))
      .then([event(ProcessorRecorded, dataOf(process))]);
    given(association)
      .when({ ...process, contractOn: day('2026-07-01') }, as('Director'))
      .then({ code: 'date-in-future' });
  });

  it('are kept by who governs, end on a day, and are not mixed up [charter:6.2]', () => {
    given(association).when(insure, as('Technician')).then(associationRecordNotYours);
    given(association)
      .when({ ...insure, until: day('2025-01-01') }, as('Director'))
      .then({ code: 'dates-reversed' });
    given(association)
      .when({ ...mediate, mediatorContact: 'IBAN FR76 3000 6000 0112 3456 7890 189' }, as('Director'))
      .then({ code: 'content-lint-blocked' });
    const end = (recordId: string, on: string) => ({ type: 'EndAssociationRecord', recordId, on: day(on) }) as const;
    given(association).when(end('p1', '2026-06-01'), as('Director')).then(associationRecordUnknown);
    const ended = event(AssociationRecordEnded, { recordId: 'p1', kind: 'insurance', on: day('2026-06-01') });
    given(association, insured).when(end('p1', '2026-06-01'), as('Director')).then([ended]);
    given(association, insured, ended).when(end('p1', '2026-06-01'), as('Director')).then([]);
    given(association, insured, ended).when(end('p1', '2026-07-01'), as('Director')).then(associationRecordEnded);
    expect(recordsOn(given(association, insured, ended).state, 'insurance', day('2026-06-01'))).toEqual([]);
  });
});

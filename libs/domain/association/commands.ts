import type { LocalDate } from '#kernel/time.js';

interface OfRecord {
  readonly recordId: string;
}

export interface RecordInsurancePolicy extends OfRecord {
  readonly type: 'RecordInsurancePolicy';
  readonly insurer: string;
  readonly policyNumber: string;
  readonly coverage: string;
  readonly certificatePlace?: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
}

export interface RecordMediator extends OfRecord {
  readonly type: 'RecordMediator';
  readonly mediatorName: string;
  readonly mediatorContact: string;
  readonly from: LocalDate;
  readonly until?: LocalDate;
}

export interface RecordProcessor extends OfRecord {
  readonly type: 'RecordProcessor';
  readonly processorName: string;
  readonly processorService: string;
  readonly contractOn: LocalDate;
  readonly erasurePath: string;
  readonly from: LocalDate;
  readonly until?: LocalDate;
}

export interface EndAssociationRecord extends OfRecord {
  readonly type: 'EndAssociationRecord';
  /** First day without it. */
  readonly on: LocalDate;
}

export type AssociationCommand = RecordInsurancePolicy | RecordMediator | RecordProcessor | EndAssociationRecord;

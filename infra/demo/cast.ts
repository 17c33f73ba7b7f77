import type { Client } from './http-client.js';
import type { Stage } from './stage.js';

/** People of the demonstrations: all invented, and their names say so. */
const invented = (name: string): string => `${name} (personnage fictif)`;

export interface Person {
  readonly id: string;
  readonly name: string;
}
export interface Staff extends Person {
  readonly api: Client;
}
export interface Cast {
  readonly president: Staff;
  readonly director: Staff;
  readonly lead: Staff;
  readonly technician: Staff;
}

const YEARS_AHEAD = 1;

async function staff(stage: Stage, name: string, role: string): Promise<Staff> {
  const full = invented(name);
  const { id } = await stage.admin.post('/staff', { name: full });
  const year = Number(stage.day.slice(0, 4)) + YEARS_AHEAD;
  const issued = await stage.admin.post('/tokens', {
    staffId: id,
    roles: [role],
    expiresAt: `${year}${stage.day.slice(4, 8)}01T12:00:00Z`,
  });
  return { id: String(id), name: full, api: stage.admin.as(String(issued.token)) };
}

/** The office-holders and a technician: registered, in office, habilitated under undertaking. */
export async function castOf(stage: Stage, charterVersionId: string): Promise<Cast> {
  const president = await staff(stage, 'Madeleine Fictive', 'President');
  const director = await staff(stage, 'Basile Imaginaire', 'Director');
  const lead = await staff(stage, 'Rosalie Exemple', 'SupportLead');
  const technician = await staff(stage, 'Théo Modèle', 'Technician');
  const offices = [
    [president, 'president', 'Présidente'],
    [director, 'director', 'Directeur'],
    [lead, 'support-lead', 'Responsable support'],
  ] as const;
  for (const [person, office, title] of offices) {
    const receipt = await stage.admin.post(`/staff/${person.id}/offices`, { office, from: stage.day });
    stage.done(`${title} : ${person.name}`, receipt);
  }
  stage.done(
    'Engagement de confidentialité de l’intervenant signé (art. 5.2)',
    await stage.admin.post(`/staff/${technician.id}/undertaking`, {
      signedOn: stage.day,
      charterVersionId,
      evidenceRef: 'classeur-demo-1',
    }),
  );
  stage.done(
    `Intervenant habilité (art. 4.4) : ${technician.name}`,
    await stage.admin.post(`/staff/${technician.id}/habilitation`, { from: stage.day }),
  );
  return { president, director, lead, technician };
}

/** A member invented for the demonstration. The number range 06 39 98 xx xx is reserved for fiction in France. */
export async function memberOf(
  stage: Stage,
  lead: Staff,
  name: string,
  number: string,
  phone: string,
): Promise<Person> {
  const full = invented(name);
  const receipt = await lead.api.post('/members', {
    membershipNumber: number,
    name: full,
    phone,
    status: 'active',
    minor: false,
  });
  stage.done(`Adhérent·e : ${full}, n° ${number}`, receipt);
  return { id: String(receipt.id), name: full };
}

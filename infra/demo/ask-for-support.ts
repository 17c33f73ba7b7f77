import type { Cast, Person } from './cast.js';
import type { Stage } from './stage.js';

export const PROBLEM = 'L’imprimante n’imprime plus depuis la dernière mise à jour.';

/** A request from the telephone call to the appointment, with a slot that the charter refuses on the way. */
export async function askForSupport(stage: Stage, cast: Cast, member: Person) {
  const { lead, technician } = cast;
  const asked = await technician.api.post('/requests', {
    memberId: member.id,
    problem: PROBLEM,
    channel: 'phone',
    receivedAt: stage.at('08:40'),
    commercialUse: false,
    confidentialDataPresent: true,
  });
  const requestId = String(asked.id);
  stage.done('Demande d’appui reçue par téléphone', asked);
  stage.done(
    'Qualification : dans le périmètre de l’article 1.1',
    await lead.api.post(`/requests/${requestId}/qualification`, {
      serviceCategories: ['diagnosis', 'updates', 'settings'],
      scope: 'Imprimante et son pilote ; réglages d’impression.',
    }),
  );
  stage.done(
    'Zone interdite notée (art. 3.2)',
    await lead.api.post(`/requests/${requestId}/no-go-zones`, { zones: ['Dossier Comptes de famille'] }),
  );
  stage.refused(
    'Rendez-vous un dimanche',
    await lead.api.refused(`/requests/${requestId}/appointments`, {
      technicianId: technician.id,
      startsAt: sundayAfter(stage.at('10:00')),
      endsAt: sundayAfter(stage.at('11:00')),
    }),
  );
  const booked = await lead.api.post(`/requests/${requestId}/appointments`, {
    technicianId: technician.id,
    startsAt: stage.at('10:00'),
    endsAt: stage.at('11:00'),
  });
  const sessionId = String(booked.id);
  stage.done('Rendez-vous de 10 h à 11 h', booked);
  stage.done(
    'Conseils de préparation envoyés',
    await lead.api.post(`/requests/${requestId}/appointments/${sessionId}/preparation`, { channel: 'email' }),
  );
  return { requestId, sessionId };
}

const sundayAfter = (moment: string): string => {
  const date = new Date(`${moment.slice(0, 10)}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + (7 - date.getUTCDay()));
  return `${date.toISOString().slice(0, 10)}${moment.slice(10)}`;
};

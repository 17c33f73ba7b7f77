import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:4.2b';

export const subscriberUnknown = defineRefusal({
  code: 'subscriber-unknown',
  kind: 'not-found',
  rule,
  title: 'No such subscriber',
  detail: 'Ce destinataire abonné n’est pas enregistré : rien ne lui est transmis.',
  next: 'Vérifiez la référence dans la liste des abonnés, ou enregistrez-le d’abord.',
});

export const subscriberExists = defineRefusal({
  code: 'subscriber-exists',
  kind: 'state',
  rule,
  title: 'Another subscriber has this id',
  detail: 'Un autre abonné porte déjà cet identifiant.',
  next: 'Vérifiez la liste des abonnés.',
});

export const subscriberNeedsDirector = defineRefusal({
  code: 'subscriber-needs-director',
  kind: 'forbidden',
  rule,
  title: 'Only the Director or the President decides who receives the feed',
  detail:
    'La charte ne permet aucun transfert à des tiers : seul le Directeur, ou le Président, enregistre un abonné, le suspend ou y met fin.',
  next: 'Demandez au Directeur.',
});

export const subscriberTopicMissing = defineRefusal({
  code: 'subscriber-topic-missing',
  kind: 'input',
  rule,
  title: 'What the subscriber is told of is missing',
  detail: 'Il faut dire de quoi l’abonné est informé : consentements, interventions, demandes ou réclamations.',
  next: 'Choisissez au moins un des quatre, et seulement ceux que l’accord prévoit.',
});

export const subscriberAddressRefused = defineRefusal({
  code: 'subscriber-address-refused',
  kind: 'input',
  rule,
  title: 'Nothing is sent to an address like this',
  detail: 'L’adresse de l’abonné ne convient pas : rien n’y serait envoyé.',
  next: 'Demandez à l’abonné une adresse chiffrée (https), avec un nom de machine, sans mot de passe, ni « ? », ni « # ».',
});

export const subscriberEnded = defineRefusal({
  code: 'subscriber-ended',
  kind: 'state',
  rule,
  title: 'The subscriber was ended',
  detail: 'Il a été mis fin à cet abonné : plus rien ne lui est envoyé, et c’est définitif.',
  next: 'S’il y a un nouvel accord, enregistrez-le comme nouvel abonné.',
});

export const subscriberIsMachineWork = defineRefusal({
  code: 'subscriber-is-machine-work',
  kind: 'forbidden',
  rule,
  title: 'What is sent to subscribers is recorded by the processes',
  detail: 'Les envois aux abonnés sont faits et notés par le service lui-même.',
  next: 'Rien à faire ; l’état des envois se lit sur la fiche de l’abonné.',
});

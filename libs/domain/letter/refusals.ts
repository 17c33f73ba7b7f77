import { defineRefusal } from '#kernel/refusal.js';
import type { RuleId } from '../charter/rules.js';

const rule: RuleId = 'charter:10.2';

export const letterUnknown = defineRefusal({
  code: 'letter-unknown',
  kind: 'not-found',
  rule,
  title: 'No such letter',
  detail: 'Ce courrier n’existe pas.',
  next: 'Choisissez un courrier dans la liste.',
});

export const letterExists = defineRefusal({
  code: 'letter-exists',
  kind: 'state',
  rule,
  title: 'Another letter has this id',
  detail: 'Un autre courrier porte déjà cet identifiant.',
  next: 'Rien à faire : le courrier est prêt.',
});

export const letterIsMachineWork = defineRefusal({
  code: 'letter-is-machine-work',
  kind: 'forbidden',
  rule,
  title: 'Letters are prepared and sent by the processes',
  detail: 'Les courriers sont préparés et envoyés par le service lui-même.',
  next: 'Imprimez le courrier, ou demandez un nouvel envoi.',
});

export const letterOver = defineRefusal({
  code: 'letter-over',
  kind: 'state',
  rule,
  title: 'The letter does not leave any more',
  detail: 'Ce courrier est abandonné : il ne part plus.',
  next: 'Écrivez à l’adhérent autrement si c’est nécessaire.',
});

export const letterNotSent = defineRefusal({
  code: 'letter-not-sent',
  kind: 'state',
  rule,
  title: 'Only a letter that was sent can come back',
  detail: 'Ce courrier n’est pas parti par courriel : il n’a pas pu revenir.',
  next: 'Choisissez un courrier envoyé.',
});

export const letterOnItsWay = defineRefusal({
  code: 'letter-on-its-way',
  kind: 'state',
  rule,
  title: 'The letter is being sent',
  detail: 'Ce courrier est en cours d’envoi.',
  next: 'Attendez un instant, puis recommencez.',
});

export const letterGoneAlready = defineRefusal({
  code: 'letter-gone-already',
  kind: 'state',
  rule,
  title: 'The letter was sent or handed over',
  detail: 'Ce courrier est déjà parti ou remis : il ne peut plus être retenu.',
  next: 'Écrivez un nouveau courrier si c’est nécessaire.',
});
